import type {
  GraphEdge,
  GraphNode,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { outlineOf } from './outline';
import { highlightedIds, selectionOf } from './selection';
import { nodeText } from './words';

const traffic = { protocols: [], responses: [] };

function node(id: string, overrides: Partial<GraphNode> = {}): GraphNode {
  const [namespace, name] = id.split('/');
  return {
    id,
    kind: 'workload',
    cluster: 'kepler',
    namespace,
    name,
    versions: [],
    dataPlane: 'sidecar',
    services: [],
    config: [],
    inbound: traffic,
    outbound: traffic,
    health: { state: 'healthy', reasons: [] },
    ...overrides,
  };
}

function edge(source: string, target: string): GraphEdge {
  return {
    id: `${source}>${target}`,
    source,
    target,
    traffic,
    reporter: 'source',
    reported: {},
    hosts: [],
    health: { state: 'healthy', reasons: [] },
  };
}

const graph: MeshGraph = {
  cluster: 'kepler',
  graphType: 'workload',
  namespaces: [],
  window: 60,
  at: '2026-11-23T10:00:00Z',
  sources: [],
  warnings: [],
  nodes: [
    node('loan/scoring', { health: { state: 'idle', reasons: [] } }),
    node('wealth/order', {
      inbound: { ...traffic, requestsPerSecond: 10, errorShare: 0.01 },
      health: { state: 'degraded', reasons: [] },
    }),
    node('wealth/account', {
      inbound: { ...traffic, requestsPerSecond: 90 },
    }),
    node('wealth/payment-v2', {
      app: 'payment',
      version: 'v2',
      health: { state: 'failing', reasons: [] },
    }),
    node('wealth/bank.example', { kind: 'external' }),
  ],
  edges: [
    edge('wealth/order', 'wealth/payment-v2'),
    edge('wealth/payment-v2', 'wealth/bank.example'),
  ],
};

describe('outlineOf', () => {
  it('puts the worst first, and what is outside last', () => {
    const groups = outlineOf(graph);
    expect(
      groups.map(({ namespace, state, failing, nodes }) => [
        namespace,
        state,
        failing,
        nodes.map(({ name }) => name),
      ]),
    ).toEqual([
      ['wealth', 'failing', 1, ['payment-v2', 'order', 'account']],
      ['loan', 'idle', 0, ['scoring']],
      [undefined, 'healthy', 0, ['bank.example']],
    ]);
    expect(groups[0].requestsPerSecond).toBe(100);
  });

  it('finds by name, app, version and namespace', () => {
    const names = (search: string) =>
      outlineOf(graph, search).flatMap(({ nodes }) =>
        nodes.map(({ name }) => name),
      );
    expect(names(' PAY')).toEqual(['payment-v2']);
    expect(names('v2')).toEqual(['payment-v2']);
    expect(names('loan')).toEqual(['scoring']);
    expect(names('<b>')).toEqual([]);
  });
});

describe('selectionOf', () => {
  it('finds nodes with their edges, and edges with their ends', () => {
    expect(selectionOf(graph, undefined)).toEqual({ type: 'none' });
    expect(selectionOf(graph, 'wealth/payment-v2')).toMatchObject({
      type: 'node',
      inbound: [{ source: 'wealth/order' }],
      outbound: [{ target: 'wealth/bank.example' }],
    });
    const selected = selectionOf(graph, 'wealth/order>wealth/payment-v2');
    expect(selected).toMatchObject({
      type: 'edge',
      source: { name: 'order' },
      target: { name: 'payment-v2' },
    });
    expect([...(highlightedIds(selected) ?? [])]).toEqual([
      'wealth/order>wealth/payment-v2',
      'wealth/order',
      'wealth/payment-v2',
    ]);
  });

  it('says when what was selected is gone', () => {
    const gone = selectionOf(graph, 'wealth/old');
    expect(gone).toEqual({ type: 'gone', id: 'wealth/old' });
    expect(highlightedIds(gone)).toBeUndefined();
  });
});

describe('nodeText', () => {
  it('names app and version rather than the workload', () => {
    expect(
      nodeText(node('wealth/payment-v2', { app: 'payment', version: 'v2' })),
    ).toBe('payment v2');
    expect(nodeText(node('wealth/mysql'))).toBe('mysql');
  });
});
