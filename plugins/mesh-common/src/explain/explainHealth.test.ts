import { buildGraph } from '../graph';
import { deployment, http } from '../graph/__fixtures__/samples';
import type { MeshGraph } from '../schema';
import { explainHealth } from '.';

const id = (name: string) => `kepler/wealth/Deployment/${name}`;

function graphOf(calls: [path: string, rate: number, failing: number][]) {
  const names = [...new Set(calls.flatMap(([path]) => path.split(' -> ')))];
  const requests = calls.flatMap(([path, rate, failing]) => {
    const full = path
      .split(' -> ')
      .map(name => `wealth/${name}`)
      .join(' -> ');
    return [
      http(full, rate - failing),
      ...(failing > 0
        ? [http(full, failing, { response_code: '503', response_flags: 'UH' })]
        : []),
    ];
  });
  const graph: MeshGraph = {
    cluster: 'kepler',
    graphType: 'workload',
    namespaces: [],
    window: 60,
    at: '2026-11-23T10:00:00Z',
    sources: [],
    warnings: [],
    ...buildGraph({
      clusters: [
        {
          name: 'kepler',
          series: { requests },
          objects: {
            workloads: names.map(name => deployment(`wealth/${name}`)),
            pods: [],
          },
        },
      ],
      options: { graphType: 'workload', namespaces: [] },
    }),
  };
  return graph;
}

const causesOf = (graph: MeshGraph, name: string) =>
  explainHealth(graph, id(name))?.likelyCauses.map(cause => cause.name);

describe('explainHealth', () => {
  const graph = graphOf([
    ['web -> order', 100, 10],
    ['order -> payment', 50, 8],
    ['order -> stock', 50, 1],
    ['payment -> bank', 20, 7],
    ['order -> mail', 10, 0],
  ]);

  it('follows failing calls to where they start, the worst first', () => {
    const explanation = explainHealth(graph, id('order'));
    expect(explanation?.likelyCauses.map(({ name }) => name)).toEqual([
      'bank',
      'stock',
    ]);
    expect(
      explanation?.likelyCauses[0].path.map(({ target }) => target),
    ).toEqual([id('payment'), id('bank')]);
    expect(explanation?.likelyCauses[0].path[1]).toMatchObject({
      requestsPerSecond: 20,
      errorsPerSecond: 7,
      answers: ['503 UH'],
    });
  });

  it('tells who suffers, and what it calls', () => {
    const explanation = explainHealth(graph, id('order'));
    expect(explanation?.callers.map(({ source }) => source)).toEqual([
      id('web'),
    ]);
    expect(explanation?.calls.map(({ target }) => target)).toEqual([
      id('payment'),
      id('stock'),
    ]);
  });

  it('takes a node that fails alone for its own cause, and a healthy one for none', () => {
    expect(causesOf(graph, 'bank')).toEqual(['bank']);
    expect(causesOf(graph, 'mail')).toEqual([]);
  });

  it('does not blame a callee for more than it fails', () => {
    const own = graphOf([
      ['order -> payment', 13, 1.6],
      ['payment -> bank', 3, 0.02],
    ]);
    expect(causesOf(own, 'payment')).toEqual(['payment']);
    expect(causesOf(own, 'order')).toEqual(['payment']);
    const half = graphOf([
      ['order -> payment', 13, 2],
      ['payment -> bank', 3, 0.5],
    ]);
    // A quarter comes from the bank, the rest is its own.
    expect(causesOf(half, 'payment')).toEqual(['payment', 'bank']);
  });

  it('ends in cycles, and finds their way out', () => {
    const cyclic = graphOf([
      ['a -> b', 10, 2],
      ['b -> a', 10, 2],
      ['b -> c', 10, 2],
    ]);
    expect(causesOf(cyclic, 'a')).toEqual(['c']);
    expect(causesOf(graphOf([['a -> a', 10, 5]]), 'a')).toEqual(['a']);
  });

  it('knows nothing of a node that is not there', () => {
    expect(explainHealth(graph, 'gone')).toBeUndefined();
  });
});
