import * as fc from 'fast-check';
import type { GraphNode, GraphResponse, MeshGraph } from '../schema/graph';
import { anyExpression } from './__testUtils__/anyExpression';
import { edge, graphOf, node, SHOP } from './__testUtils__/graph';
import { matches } from './__testUtils__/oracle';
import { evaluateFind } from './evaluateFind';
import { hideFind } from './hideFind';
import { parseFind } from './parseFind';

const NAMES = ['a', 'b', 'c', 'd', 'payment'];

const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });

const anyNode = fc.record({
  version: maybe(fc.constantFrom('v1', 'v2')),
  kind: fc.constantFrom<GraphNode['kind']>('workload', 'service', 'external'),
  dataPlane: fc.constantFrom<GraphNode['dataPlane']>(
    'sidecar',
    'none',
    'unknown',
  ),
  isDead: maybe(fc.boolean()),
  labels: maybe(fc.constantFrom<Record<string, string>>({}, { a: 'b' })),
  health: fc.record({
    state: fc.constantFrom<GraphNode['health']['state']>(
      ...(['failing', 'healthy', 'unknown', 'idle'] as const),
    ),
    reasons: fc.constant<string[]>([]),
  }),
});

const anyTraffic = fc.record(
  {
    protocols: fc
      .subarray(['http', 'grpc', 'tcp'] as const)
      .map(list => [...list]),
    responses: fc.constant<GraphResponse[]>([]),
    requestsPerSecond: fc.integer({ min: 0, max: 9 }),
    errorShare: fc.constantFrom(0, 0.05, 1),
    p95Milliseconds: fc.constantFrom(0, 200, 1000),
    mutualTlsShare: fc.constantFrom(0, 1),
  },
  { requiredKeys: ['protocols', 'responses'] },
);

/** Small graphs with loops, lone nodes and all kinds of holes. */
const anyGraph: fc.Arbitrary<MeshGraph> = fc
  .record({
    nodes: fc.array(anyNode, { minLength: 1, maxLength: 5 }),
    edges: fc.uniqueArray(
      fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 }), anyTraffic),
      { maxLength: 8, selector: ([from, to]) => `${from}>${to}` },
    ),
    namespaces: fc.subarray(['even', 'odd']),
  })
  .map(drawn => {
    const idOf = (at: number) => `${at % 2 ? 'odd' : 'even'}/${NAMES[at]}`;
    return graphOf(
      drawn.nodes.map((overrides, at) => node(idOf(at), overrides)),
      drawn.edges
        .filter(([from, to]) => Math.max(from, to) < drawn.nodes.length)
        .map(([from, to, traffic]) =>
          edge(`${idOf(from)}>${idOf(to)}`, traffic),
        ),
      { namespaces: drawn.namespaces },
    );
  });

describe('evaluateFind on any graph', () => {
  it('finds what an evaluation of each element for itself finds', () => {
    fc.assert(
      fc.property(anyGraph, anyExpression, (graph, expression) => {
        const found = evaluateFind(expression, graph);
        const expected = {
          nodes: graph.nodes
            .filter((_, place) =>
              matches(graph, expression, { type: 'node', place }),
            )
            .map(({ id }) => id),
          edges: graph.edges
            .filter((_, place) =>
              matches(graph, expression, { type: 'edge', place }),
            )
            .map(({ id }) => id),
        };
        expect({ nodes: [...found.nodes], edges: [...found.edges] }).toEqual(
          expected,
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('leaves a graph without loose ends after hiding', () => {
    fc.assert(
      fc.property(anyGraph, anyExpression, (graph, expression) => {
        const found = evaluateFind(expression, graph);
        const rest = hideFind(graph, found);
        const ids = new Set(rest.nodes.map(({ id }) => id));
        for (const item of rest.edges) {
          expect(ids).toContain(item.source);
          expect(ids).toContain(item.target);
          expect(found.edges).not.toContain(item.id);
        }
        for (const id of ids) {
          expect(found.nodes).not.toContain(id);
        }
      }),
    );
  });
});

describe('hideFind', () => {
  const hide = (expression: string) =>
    hideFind(SHOP, evaluateFind(parseFind(expression), SHOP));
  const ids = (graph: MeshGraph) => graph.nodes.map(({ id }) => id);

  it('takes the edges of hidden nodes along, and leaves their neighbours', () => {
    const rest = hide('name = order');
    expect(ids(rest)).toEqual(ids(SHOP).filter(id => id !== 'shop/order'));
    expect(rest.edges.map(({ id }) => id)).toEqual([
      'edge/gateway>shop/web',
      'wealth/payment-v1>wealth/mysql',
    ]);
  });

  it('takes nodes along whose edges were all hidden, but not what was idle', () => {
    const rest = hide('!traffic or protocol = tcp');
    expect(ids(rest)).toEqual(
      ids(SHOP).filter(
        id => id !== '/bank.example.com' && id !== 'wealth/mysql',
      ),
    );
    expect(ids(hide('edges'))).toEqual(['wealth/batch']);
  });

  it('takes an edge alone where both its ends have others', () => {
    const rest = hide('reporter = waypoint');
    expect(rest.nodes).toEqual(SHOP.nodes);
    expect(rest.edges).toHaveLength(SHOP.edges.length - 1);
  });

  it('gives back the graph itself when nothing of it goes', () => {
    expect(hide('name = nobody')).toBe(SHOP);
  });

  it('keeps what the graph says of itself', () => {
    const { nodes, edges, ...rest } = hide('idle');
    const { nodes: before, edges: edgesBefore, ...all } = SHOP;
    expect(rest).toEqual(all);
    expect(nodes).toHaveLength(before.length - 1);
    expect(edges).toEqual(edgesBefore);
  });
});
