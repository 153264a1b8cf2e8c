import fc from 'fast-check';
import type { GraphEdge, GraphNode, MeshGraph, Traffic } from '../schema';
import { CHANGE_KINDS, compareGraphs } from '.';
import { countZ, shareZ } from './significance';

function traffic(overrides: Partial<Traffic>): Traffic {
  return {
    protocols: ['http'],
    responses: [],
    requestsPerSecond: 10,
    errorShare: 0,
    p95Milliseconds: 100,
    ...overrides,
  };
}

function node(name: string, inbound = traffic({})): GraphNode {
  return {
    id: name,
    kind: 'app',
    cluster: 'kepler',
    namespace: 'wealth',
    name,
    versions: [],
    dataPlane: 'sidecar',
    services: [],
    config: [],
    inbound,
    outbound: { protocols: [], responses: [] },
    health: { state: 'healthy', reasons: [] },
  };
}

function edge(target: string, overrides: Partial<Traffic> = {}): GraphEdge {
  return {
    id: `order>${target}`,
    source: 'order',
    target,
    traffic: traffic(overrides),
    reporter: 'source',
    reported: {},
    hosts: [],
    health: { state: 'healthy', reasons: [] },
  };
}

function graph(
  edges: GraphEdge[],
  window = 60,
  nodes: GraphNode[] = [],
): MeshGraph {
  return {
    cluster: 'kepler',
    graphType: 'app',
    namespaces: [],
    window,
    at: '2026-01-01T00:00:00Z',
    sources: [],
    warnings: [],
    nodes,
    edges,
  };
}

const kindsOf = (
  before: Partial<Traffic>,
  after: Partial<Traffic>,
  window = 60,
) =>
  compareGraphs(
    graph([edge('payment', before)], window),
    graph([edge('payment', after)], window),
  ).changes.map(({ kind }) => kind);

describe('compareGraphs', () => {
  it.each([
    // 600 requests each: 0 against 60 failures.
    [{}, { errorShare: 0.1 }, ['more-errors']],
    [{ errorShare: 0.1 }, {}, ['fewer-errors']],
    // 600 requests: 3 against 5 failures is chance, though twice as much.
    [{ errorShare: 0.005 }, { errorShare: 0.009 }, []],
    // Sure, but too small to matter: 0.1 % of 60 000 a minute.
    [
      { requestsPerSecond: 1000, errorShare: 0 },
      { requestsPerSecond: 1000, errorShare: 0.001 },
      [],
    ],
    [{}, { p95Milliseconds: 125 }, ['slower']],
    [{}, { p95Milliseconds: 124 }, []],
    [{ p95Milliseconds: 125 }, {}, ['faster']],
    [{ p95Milliseconds: 124 }, {}, []],
    // A quarter more, but of 8 ms.
    [{ p95Milliseconds: 8 }, { p95Milliseconds: 12 }, []],
    [{ p95Milliseconds: 15 }, { p95Milliseconds: 20 }, ['slower']],
    [{}, { requestsPerSecond: 15 }, ['more-traffic']],
    [{}, { requestsPerSecond: 14.9 }, []],
    [{ requestsPerSecond: 15 }, {}, ['less-traffic']],
    // 6 against 9 requests in the window is chance.
    [{ requestsPerSecond: 0.1 }, { requestsPerSecond: 0.15 }, []],
    // What was not measured cannot be compared.
    [{ errorShare: undefined }, { errorShare: 0.5 }, []],
    [{ p95Milliseconds: undefined }, { p95Milliseconds: 500 }, []],
    [
      { requestsPerSecond: 0.33 },
      { requestsPerSecond: 0.33, p95Milliseconds: 900 },
      [],
    ],
    [
      {},
      { errorShare: 0.5, p95Milliseconds: 900, requestsPerSecond: 100 },
      ['more-errors', 'slower', 'more-traffic'],
    ],
  ])('%j to %j is %j', (before, after, expected) => {
    expect(kindsOf(before, after)).toEqual(expected);
  });

  it('needs longer windows to be sure of less', () => {
    const [before, after] = [{ errorShare: 0.01 }, { errorShare: 0.02 }];
    expect(kindsOf(before, after, 60)).toEqual([]);
    expect(kindsOf(before, after, 600)).toEqual(['more-errors']);
  });

  it('tells what came and what went, and keeps both to be shown', () => {
    const comparison = compareGraphs(
      graph([edge('old')], 60, [node('old')]),
      graph([edge('new')], 60, [node('new')]),
    );
    expect(comparison.changes.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'old gone',
      'order>old gone',
      'new added',
      'order>new added',
    ]);
    expect(comparison.graph.edges.map(({ id }) => id)).toEqual([
      'order>new',
      'order>old',
    ]);
    expect(comparison.graph.nodes.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('does not call a node new that only had no traffic', () => {
    const idle = node('payment', { protocols: [], responses: [] });
    const { changes } = compareGraphs(
      graph([], 60, [idle]),
      graph([], 60, [idle]),
    );
    expect(changes).toEqual([]);
    // Kubernetes of the past is not known: a node without traffic says nothing.
    expect(
      compareGraphs(graph([], 60, []), graph([], 60, [idle])).changes,
    ).toEqual([]);
  });

  it('keeps the worst news of each, worst first', () => {
    const { changes, kinds } = compareGraphs(
      graph([edge('a'), edge('b'), edge('gone')]),
      graph([
        edge('a', { p95Milliseconds: 500, errorShare: 0.3 }),
        edge('b', { errorShare: 0.5 }),
      ]),
    );
    expect(changes.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'order>b more-errors',
      'order>a more-errors',
      'order>a slower',
      'order>gone gone',
    ]);
    expect(kinds.get('order>a')).toBe('more-errors');
  });

  it('finds nothing between a graph and itself, and mirrors when turned round', () => {
    const mirrored: Record<string, string> = {
      'more-errors': 'fewer-errors',
      'fewer-errors': 'more-errors',
      slower: 'faster',
      faster: 'slower',
      gone: 'added',
      added: 'gone',
      'less-traffic': 'more-traffic',
      'more-traffic': 'less-traffic',
    };
    const edges = fc.uniqueArray(
      fc.record({
        target: fc.constantFrom('a', 'b', 'c', 'd'),
        requestsPerSecond: fc.double({ min: 0.1, max: 1000, noNaN: true }),
        errorShare: fc.double({ min: 0, max: 1, noNaN: true }),
        p95Milliseconds: fc.double({ min: 1, max: 5000, noNaN: true }),
      }),
      { selector: ({ target }) => target },
    );
    const graphOf = (items: { target: string }[]) =>
      graph(items.map(({ target, ...more }) => edge(target, more)));
    fc.assert(
      fc.property(edges, edges, (one, two) => {
        expect(compareGraphs(graphOf(one), graphOf(one)).changes).toEqual([]);
        const forth = compareGraphs(graphOf(one), graphOf(two)).changes;
        const back = compareGraphs(graphOf(two), graphOf(one)).changes;
        expect(
          forth.map(({ id, kind }) => `${id} ${mirrored[kind]}`).sort(),
        ).toEqual(back.map(({ id, kind }) => `${id} ${kind}`).sort());
        expect(new Set(forth.map(({ kind }) => kind)).size).toBeLessThanOrEqual(
          CHANGE_KINDS.length,
        );
      }),
    );
  });
});

describe('significance', () => {
  it('is the z of textbooks', () => {
    // 15 of 100 against 30 of 100.
    expect(
      shareZ({ hits: 15, total: 100 }, { hits: 30, total: 100 }),
    ).toBeCloseTo(2.5396, 3);
    expect(shareZ({ hits: 0, total: 0 }, { hits: 1, total: 2 })).toBe(0);
    expect(shareZ({ hits: 0, total: 9 }, { hits: 0, total: 9 })).toBe(0);
    expect(countZ(100, 144)).toBeCloseTo(2.8168, 3);
    expect(countZ(0, 0)).toBe(0);
  });
});
