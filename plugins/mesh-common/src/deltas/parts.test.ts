import fc from 'fast-check';
import { buildGraph } from '../graph';
import { http, OBJECTS } from '../graph/__fixtures__/samples';
import type { MeshGraph } from '../schema';
import {
  deltaPartSchema,
  diffGraphs,
  joinDelta,
  joinSnapshot,
  PartCollector,
  snapshotPartSchema,
  splitDelta,
  splitSnapshot,
} from '.';

const graph: MeshGraph = {
  cluster: 'kepler',
  graphType: 'workload',
  namespaces: [],
  window: 60,
  at: '2026-01-01T00:00:00Z',
  sources: [{ name: 'prometheus', state: 'ok' }],
  warnings: [],
  ...buildGraph({
    clusters: [
      {
        name: 'kepler',
        objects: OBJECTS,
        series: {
          requests: [
            http('wealth/order -> wealth/payment-v1', 2),
            http('wealth/order -> wealth/payment-v2', 3),
            http('wealth/payment-v1 -> loan/scoring', 1),
          ],
        },
      },
    ],
    options: { graphType: 'workload', namespaces: [] },
  }),
};
const empty: MeshGraph = { ...graph, nodes: [], edges: [] };

/** Sends parts over the wire and collects them. */
function collect<T extends { part?: number; of?: number }>(parts: T[]) {
  const collector = new PartCollector<T>();
  const answers = parts.map(part => collector.add(part));
  expect(answers.slice(0, -1).every(answer => answer === undefined)).toBe(true);
  return answers[answers.length - 1] ?? [];
}

describe('parts of an event', () => {
  it('hold all of it and no more each than they may', () => {
    const sizes = fc.integer({ min: 1, max: 20 });
    const both = fc.constantFrom(
      diffGraphs(empty, graph),
      diffGraphs(graph, empty),
    );
    fc.assert(
      fc.property(sizes, both, (most, delta) => {
        const parts = splitDelta(delta, most).map(part =>
          deltaPartSchema.parse(JSON.parse(JSON.stringify(part))),
        );
        for (const part of parts) {
          expect(
            part.nodes.length +
              part.edges.length +
              part.removedNodes.length +
              part.removedEdges.length,
          ).toBeLessThanOrEqual(most);
        }
        expect(joinDelta(collect(parts))).toEqual(
          JSON.parse(JSON.stringify(delta)),
        );
        const snapshot = splitSnapshot(graph, most).map(part =>
          snapshotPartSchema.parse(JSON.parse(JSON.stringify(part))),
        );
        expect(joinSnapshot(collect(snapshot))).toEqual(
          JSON.parse(JSON.stringify(graph)),
        );
      }),
    );
  });

  it('are not numbered where one is enough', () => {
    const [whole, ...others] = splitSnapshot(graph);
    expect(others).toEqual([]);
    expect(whole).toEqual(graph);
    expect(splitDelta(diffGraphs(graph, graph))).toHaveLength(1);
  });

  it('are refused when one was lost', () => {
    const parts = splitSnapshot(graph, 2);
    expect(parts.length).toBeGreaterThan(2);
    const collector = new PartCollector();
    collector.add(parts[0]);
    expect(() => collector.add(parts[2])).toThrow(/part: expected 2 of/);
    // A new event begins anew.
    expect(collector.add(parts[0])).toBeUndefined();
    expect(collector.add(parts[1])).toBeUndefined();
  });
});
