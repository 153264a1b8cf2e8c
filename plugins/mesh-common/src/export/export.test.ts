import { edge, graphOf, node, SHOP } from '../find/__testUtils__/graph';
import { diagramOf } from './diagram';
import { exportFileName } from './exportFileName';
import { graphDocumentSchema, writeGraphDocument } from './graphDocument';

const WORDS = {
  title: 'Mesh',
  description: 'now',
  nodeLabel: ({ name }: { name: string }) => name,
  edgeLabel: ({ traffic }: { traffic: { requestsPerSecond?: number } }) =>
    traffic.requestsPerSecond === undefined
      ? ''
      : `${traffic.requestsPerSecond}/s`,
};

describe('diagramOf', () => {
  it('has all nodes and edges of the graph, in their namespaces', () => {
    const diagram = diagramOf(SHOP, WORDS);
    expect(diagram.nodes.map(({ id }) => id)).toEqual(
      SHOP.nodes.map(({ id }) => id),
    );
    expect(diagram.edges).toHaveLength(SHOP.edges.length);
    expect(new Set(diagram.groups.map(({ label }) => label))).toEqual(
      new Set(SHOP.nodes.flatMap(({ namespace }) => namespace ?? [])),
    );
    expect(diagram.nodes.find(({ id }) => id === 'edge/gateway')).toEqual({
      id: 'edge/gateway',
      label: 'gateway',
      group: 'kepler/edge',
      shape: 'gateway',
      health: 'healthy',
    });
  });

  it('puts clusters around namespaces where there are several', () => {
    const far = node('shop/far', { cluster: 'north' });
    const outside = node('/bank', { kind: 'external' });
    const diagram = diagramOf(
      graphOf([node('shop/near'), far, outside], []),
      WORDS,
    );
    expect(diagram.groups).toEqual([
      { id: 'kepler', label: 'kepler' },
      { id: 'kepler/shop', label: 'shop', parent: 'kepler' },
      { id: 'north', label: 'north' },
      { id: 'north/shop', label: 'shop', parent: 'north' },
    ]);
    expect(diagram.nodes.map(({ group }) => group)).toEqual([
      'kepler/shop',
      'north/shop',
      'kepler',
    ]);
  });

  it('tells TCP, and says nothing where nothing was measured', () => {
    const both = graphOf(
      [node('a/a'), node('a/b')],
      [
        edge('a/a>a/b', { protocols: ['tcp'] }),
        edge('a/b>a/a', { protocols: ['http', 'tcp'], requestsPerSecond: 0 }),
      ],
    );
    expect(
      diagramOf(both, WORDS).edges.map(({ label, isTcp }) => [label, isTcp]),
    ).toEqual([
      ['', true],
      ['0/s', false],
    ]);
  });
});

describe('the document of a graph', () => {
  it('is read back as what it was', () => {
    const asked = {
      namespaces: ['wealth'],
      graphType: 'workload',
      duration: '60s',
      find: 'payment and "</script>"',
      levels: { depth: 'namespace', except: ['kepler/wealth'] },
      link: 'https://portal.example.com/mesh?find=payment',
    };
    const text = writeGraphDocument(SHOP, asked, '2026-01-01T00:01:00Z');
    expect(graphDocumentSchema.parse(JSON.parse(text))).toEqual({
      format: 'orrery/mesh-graph',
      version: 1,
      exportedAt: '2026-01-01T00:01:00Z',
      asked,
      graph: SHOP,
    });
    expect(text.endsWith('}\n')).toBe(true);
  });
});

describe('exportFileName', () => {
  it.each([
    [
      ['kepler-sh'],
      '2026-11-23T10:15:00.123Z',
      'mesh-kepler-sh-20261123T101500Z.svg',
    ],
    [['b', 'a'], '2026-11-23T10:15:00Z', 'mesh-a-b-20261123T101500Z.svg'],
    [['../../etc/passwd'], '', 'mesh-etc-passwd.svg'],
    [['集群'], '2026-11-23T10:15:00Z', 'mesh-20261123T101500Z.svg'],
    [['x'.repeat(500)], '', `mesh-${'x'.repeat(60)}.svg`],
  ])('of %j at %j is %s', (clusters, at, name) => {
    expect(exportFileName(clusters, at, 'svg')).toBe(name);
  });
});
