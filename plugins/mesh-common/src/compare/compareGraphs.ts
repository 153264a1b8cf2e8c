import type { GraphEdge, GraphNode, MeshGraph, Traffic } from '../schema';
import { countZ, shareZ } from './significance';

/** How something differs between two moments, the worst news first. @public */
export const CHANGE_KINDS = [
  'more-errors',
  'slower',
  'gone',
  'added',
  'less-traffic',
  'more-traffic',
  'fewer-errors',
  'faster',
] as const;

/** @public */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One difference. @public */
export type Change = {
  /** Of the node or edge. */
  id: string;
  element: 'node' | 'edge';
  kind: ChangeKind;
  /** What `before` and `after` are: a share 0..1, milliseconds, or requests per second. */
  unit: 'share' | 'milliseconds' | 'requestsPerSecond';
  /** Absent for what was not there, or was not measured. */
  before?: number;
  after?: number;
};

/** Two moments of one graph. @public */
export type Comparison = {
  /** Worst first. */
  changes: Change[];
  /** The worst change of each node and edge. */
  kinds: ReadonlyMap<string, ChangeKind>;
  /** The later graph, with what is gone from the earlier one. */
  graph: MeshGraph;
};

/** 99 % sure, both ways: one in a hundred edges that did not change may be called changed. */
const SURE_Z = 2.58;
/** With thousands of edges, rates need more than that. */
const SURE_RATE_Z = 3.89;
/** Below half a point of share nobody acts. */
const SMALLEST_SHARE = 0.005;
const SLOWER_FACTOR = 1.25;
const SMALLEST_MILLISECONDS = 5;
const RATE_FACTOR = 1.5;
/** A percentile of fewer requests is an anecdote. */
const ENOUGH_REQUESTS = 20;

type Item = { traffic: Traffic };

function errorChange(
  before: Item,
  after: Item,
  [beforeSeconds, afterSeconds]: readonly [number, number],
): Omit<Change, 'id' | 'element'> | undefined {
  const [was, is] = [before.traffic.errorShare, after.traffic.errorShare];
  if (was === undefined || is === undefined) {
    return undefined;
  }
  const totals = [
    (before.traffic.requestsPerSecond ?? 0) * beforeSeconds,
    (after.traffic.requestsPerSecond ?? 0) * afterSeconds,
  ];
  const z = shareZ(
    { hits: was * totals[0], total: totals[0] },
    { hits: is * totals[1], total: totals[1] },
  );
  return Math.abs(is - was) >= SMALLEST_SHARE && Math.abs(z) >= SURE_Z
    ? {
        kind: is > was ? 'more-errors' : 'fewer-errors',
        unit: 'share',
        before: was,
        after: is,
      }
    : undefined;
}

function latencyChange(
  before: Item,
  after: Item,
  [beforeSeconds, afterSeconds]: readonly [number, number],
): Omit<Change, 'id' | 'element'> | undefined {
  const [was, is] = [
    before.traffic.p95Milliseconds,
    after.traffic.p95Milliseconds,
  ];
  const fewest = Math.min(
    (before.traffic.requestsPerSecond ?? 0) * beforeSeconds,
    (after.traffic.requestsPerSecond ?? 0) * afterSeconds,
  );
  if (was === undefined || is === undefined || fewest < ENOUGH_REQUESTS) {
    return undefined;
  }
  const isSlower = is >= was * SLOWER_FACTOR;
  const isFaster = was >= is * SLOWER_FACTOR;
  return (isSlower || isFaster) && Math.abs(is - was) >= SMALLEST_MILLISECONDS
    ? {
        kind: isSlower ? 'slower' : 'faster',
        unit: 'milliseconds',
        before: was,
        after: is,
      }
    : undefined;
}

function rateChange(
  before: Item,
  after: Item,
  [beforeSeconds, afterSeconds]: readonly [number, number],
): Omit<Change, 'id' | 'element'> | undefined {
  const [was, is] = [
    before.traffic.requestsPerSecond ?? 0,
    after.traffic.requestsPerSecond ?? 0,
  ];
  const isMore = is >= was * RATE_FACTOR;
  const isLess = was >= is * RATE_FACTOR;
  // Windows of different length are brought to the shorter one.
  const seconds = Math.min(beforeSeconds, afterSeconds);
  return (isMore || isLess) &&
    Math.abs(countZ(was * seconds, is * seconds)) >= SURE_RATE_Z
    ? {
        kind: isMore ? 'more-traffic' : 'less-traffic',
        unit: 'requestsPerSecond',
        before: was,
        after: is,
      }
    : undefined;
}

/** A node is there while something flows through it: Kubernetes of the past is not known. */
function isActive(node: GraphNode): boolean {
  return node.inbound.protocols.length + node.outbound.protocols.length > 0;
}

function compareItems<T extends { id: string }>(options: {
  before: readonly T[];
  after: readonly T[];
  element: Change['element'];
  trafficOf: (item: T) => Traffic;
  windows: readonly [number, number];
}): Change[] {
  const { element, trafficOf, windows } = options;
  const before = new Map(options.before.map(item => [item.id, item]));
  const changes: Change[] = [];
  for (const item of options.after) {
    const old = before.get(item.id);
    before.delete(item.id);
    const after = { traffic: trafficOf(item) };
    if (!old) {
      changes.push({
        id: item.id,
        element,
        kind: 'added',
        unit: 'requestsPerSecond',
        after: after.traffic.requestsPerSecond,
      });
      continue;
    }
    const then = { traffic: trafficOf(old) };
    for (const compare of [errorChange, latencyChange, rateChange]) {
      const change = compare(then, after, windows);
      if (change) {
        changes.push({ id: item.id, element, ...change });
      }
    }
  }
  for (const old of before.values()) {
    changes.push({
      id: old.id,
      element,
      kind: 'gone',
      unit: 'requestsPerSecond',
      before: trafficOf(old).requestsPerSecond,
    });
  }
  return changes;
}

/** How much a change matters among its kind: by the requests that it touches. */
function weightOf({ unit, before = 0, after = 0 }: Change): number {
  return unit === 'requestsPerSecond'
    ? Math.max(before, after)
    : Math.abs(after - before);
}

function compareChanges(left: Change, right: Change): number {
  return (
    CHANGE_KINDS.indexOf(left.kind) - CHANGE_KINDS.indexOf(right.kind) ||
    weightOf(right) - weightOf(left) ||
    (left.id < right.id ? -1 : 1)
  );
}

function union<T extends { id: string }>(
  after: readonly T[],
  before: readonly T[],
): T[] {
  const ids = new Set(after.map(({ id }) => id));
  return [...after, ...before.filter(({ id }) => !ids.has(id))].sort(
    (left, right) => (left.id < right.id ? -1 : 1),
  );
}

/**
 * What differs between two moments of a graph. Only differences that are
 * unlikely to be chance are told: shares of errors by a two-proportion test
 * at 99 %, rates by a Poisson test, both with a smallest difference that
 * matters; percentiles by a factor of 1.25 and 5 ms with at least 20 requests.
 *
 * @param before - the earlier graph
 * @param after - the later graph, of the same question
 * @public
 */
export function compareGraphs(before: MeshGraph, after: MeshGraph): Comparison {
  const windows = [before.window, after.window] as const;
  const changes = [
    ...compareItems<GraphEdge>({
      before: before.edges,
      after: after.edges,
      element: 'edge',
      trafficOf: edge => edge.traffic,
      windows,
    }),
    ...compareItems<GraphNode>({
      before: before.nodes.filter(isActive),
      after: after.nodes.filter(isActive),
      element: 'node',
      trafficOf: node => node.inbound,
      windows,
    }),
  ].sort(compareChanges);
  const kinds = new Map<string, ChangeKind>();
  for (const { id, kind } of changes) {
    if (!kinds.has(id)) {
      kinds.set(id, kind);
    }
  }
  return {
    changes,
    kinds,
    graph: {
      ...after,
      nodes: union(after.nodes, before.nodes),
      edges: union(after.edges, before.edges),
    },
  };
}
