import fc from 'fast-check';
import { meshGraphSchema, type GraphType, type MeshGraph } from '../schema';
import {
  appName,
  inputOf,
  namespaceName,
  namespaceOf,
  worlds,
  type World,
} from './__testUtils__/worlds';
import { buildGraph } from './buildGraph';
import { requestsEndingAt, totalRequests } from './totals';
import type { GraphOptions, Sight } from './types';

const GROUPINGS: Partial<GraphOptions>[] = (
  ['workload', 'app', 'versionedApp', 'service'] as const
).flatMap(graphType => [
  { graphType },
  { graphType, serviceNodes: true },
  { graphType, operationNodes: true },
]);

function build(world: World, options: Partial<GraphOptions> = {}) {
  return buildGraph({
    clusters: [inputOf(world)],
    options: { graphType: 'workload', namespaces: [], ...options },
  });
}

function wholeOf(
  graph: ReturnType<typeof build>,
  graphType: GraphType,
): MeshGraph {
  return {
    cluster: 'kepler',
    graphType,
    namespaces: [],
    window: 60,
    at: '2026-01-01T00:00:00Z',
    sources: [],
    warnings: [],
    ...graph,
  };
}

/**
 * What the mesh carries by the rule of reporters: per pair of workloads, all
 * that the source reported, else all that the destination did.
 */
function expectedTotal(world: World): number {
  const pairs = new Map<string, Record<string, number>>();
  for (const { metric, value } of inputOf(world).series.requests ?? []) {
    const key = JSON.stringify([
      metric.source_workload,
      metric.destination_workload === 'unknown'
        ? metric.destination_service_namespace
        : metric.destination_workload,
    ]);
    const sums = pairs.get(key) ?? {};
    sums[metric.reporter] = (sums[metric.reporter] ?? 0) + value;
    pairs.set(key, sums);
  }
  return [...pairs.values()].reduce(
    (total, { source, destination }) => total + (source ?? destination),
    0,
  );
}

describe('any graph', () => {
  it.each(GROUPINGS)('carries the same total: %j', grouping => {
    fc.assert(
      fc.property(worlds, world => {
        const { graphType = 'workload' } = grouping;
        const graph = wholeOf(build(world, grouping), graphType);
        const expected = expectedTotal(world);
        const isClose = (total: number) =>
          Math.abs(total - expected) <= expected * 1e-4;
        expect(isClose(totalRequests(graph) ?? 0)).toBe(true);
        const ending = graph.nodes.reduce(
          (sum, node) => sum + (requestsEndingAt(node, graphType) ?? 0),
          0,
        );
        expect(isClose(ending)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has nodes whose figures are those of their edges, and obeys its schema', () => {
    fc.assert(
      fc.property(worlds, world => {
        const graph = build(world);
        for (const node of graph.nodes) {
          const into = graph.edges
            .filter(({ target }) => target === node.id)
            .reduce(
              (sum, { traffic }) => sum + (traffic.requestsPerSecond ?? 0),
              0,
            );
          expect(node.inbound.requestsPerSecond ?? 0).toBeCloseTo(into, 2);
        }
        const ids = new Set(graph.nodes.map(({ id }) => id));
        expect(
          graph.edges.every(
            ({ source, target }) => ids.has(source) && ids.has(target),
          ),
        ).toBe(true);
        expect(
          meshGraphSchema.parse(wholeOf(graph, 'workload')).nodes,
        ).toHaveLength(graph.nodes.length);
      }),
      { numRuns: 60 },
    );
  });
});

/** Sees the apps whose bit is set. */
function sightOf(world: World, mask: number): Sight {
  const seen = new Set(
    Array.from({ length: world.apps }, (_, app) => app).filter(
      app => (mask >> app) % 2 === 1,
    ),
  );
  const names = new Set([...seen].map(appName));
  const namespaces = new Set([...seen].map(app => namespaceOf(world, app)));
  return {
    key: String(mask),
    sees: ({ app }) => names.has(app.replace(/alias$/, '')),
    seesNamespace: ({ namespace }) => namespaces.has(namespace),
  };
}

describe('sight', () => {
  it.each(GROUPINGS)('never leaks a name: %j', grouping => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 0, max: 255 }), (world, mask) => {
        const sight = sightOf(world, mask);
        const text = JSON.stringify(build(world, { ...grouping, sight }));
        for (let app = 0; app < world.apps; app++) {
          const isSeen = (mask >> app) % 2 === 1;
          expect(!isSeen && text.includes(appName(app))).toBe(false);
        }
        for (let index = 0; index < world.namespaces; index++) {
          const name = namespaceName(index);
          const isSeen = sight.seesNamespace({
            cluster: 'kepler',
            namespace: name,
          });
          // A host outside that an own service asked for may look like anything.
          const own = text.split(`api.${name}.example`).join('');
          expect(!isSeen && own.includes(name)).toBe(false);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('shows the seen with all their traffic, and one anonymous neighbour', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 0, max: 255 }), (world, mask) => {
        const sight = sightOf(world, mask);
        const all = build(world);
        const some = build(world, { sight });
        expect(
          some.nodes.filter(({ kind }) => kind === 'hidden').length,
        ).toBeLessThanOrEqual(1);
        for (const node of some.nodes.filter(
          ({ kind }) => kind === 'workload',
        )) {
          const whole = all.nodes.find(({ id }) => id === node.id);
          expect(node.inbound.requestsPerSecond).toBe(
            whole?.inbound.requestsPerSecond,
          );
          expect(node.health).toEqual(whole?.health);
        }
        expect(
          some.edges.some(
            ({ source, target }) =>
              source === '-/-/hidden/others' && target === '-/-/hidden/others',
          ),
        ).toBe(false);
      }),
      { numRuns: 80 },
    );
  });
});
