import { edge, graphOf, node } from '../../__testUtils__/graph';
import { fitsCanvas } from './canvasLimits';
import { diagramOfPicture } from './diagramOfPicture';
import { pictureOf, WORDS } from './__testUtils__/picture';

describe('fitsCanvas', () => {
  it.each([
    [720, 240, true],
    [8192, 8192, true],
    [8193, 100, false],
    [100, 8193, false],
    // The side would do, the area would not.
    [8192, 8193, false],
  ])('%d by %d units: %s', (width, height, expected) => {
    expect(fitsCanvas({ width, height })).toBe(expected);
  });
});

describe('diagramOfPicture', () => {
  const traffic = (requestsPerSecond: number, errorShare: number) => ({
    traffic: {
      protocols: ['http' as const],
      responses: [],
      requestsPerSecond,
      errorShare,
    },
  });
  const order = node('wealth/order', 'healthy');
  const payment = node('wealth/payment', 'failing', {
    app: 'payment',
    version: 'v2',
  });
  const mysql = node('data/mysql', 'healthy', { role: 'store' });
  const graph = graphOf(
    [order, payment, mysql],
    [
      edge(order, payment, traffic(12, 0.25)),
      edge(order, mysql, traffic(10, 0)),
      edge(payment, mysql, traffic(20, 0)),
    ],
  );
  const about = { title: 'Mesh', description: 'now' };

  it('has open boxes as groups, and rates and errors at edges', () => {
    const { scene } = pictureOf(graph);
    const diagram = diagramOfPicture(scene, WORDS, about);
    expect(diagram.groups.map(({ label }) => label).sort()).toEqual([
      'data',
      'wealth',
    ]);
    expect(diagram.nodes.find(({ id }) => id === payment.id)).toEqual({
      id: payment.id,
      label: 'payment v2',
      group: 'kepler/wealth',
      shape: 'workload',
      health: 'failing',
    });
    expect(
      diagram.edges.find(({ target }) => target === payment.id)?.label,
    ).toMatch(/^12\S*\/s · 25 %$/);
  });

  it('has closed boxes as nodes, and their edges as one', () => {
    const { scene } = pictureOf(graph, { depth: 'namespace', except: [] });
    const diagram = diagramOfPicture(scene, WORDS, about);
    expect(diagram.groups).toEqual([]);
    expect(diagram.nodes.map(({ label, shape }) => [label, shape])).toEqual([
      [expect.stringMatching(/^data · 1 · /), 'group'],
      [expect.stringMatching(/^wealth · 2 · ✕ ?1/), 'group'],
    ]);
    expect(diagram.edges.map(({ label }) => label)).toEqual([
      expect.stringMatching(/^30\S*\/s$/),
    ]);
  });
});
