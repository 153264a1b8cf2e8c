import type { AddressInfo } from 'node:net';
import {
  applyGraphDelta,
  deltaPartSchema,
  joinDelta,
  joinSnapshot,
  meshGraphSchema,
  PART_ITEMS,
  PartCollector,
  snapshotPartSchema,
  type DeltaPart,
  type MeshGraph,
  type SnapshotPart,
} from '@orrery/backstage-plugin-mesh-common';
import request from 'supertest';
import { pair } from '../__testUtils__/fakePrometheus';
import { freeze } from '../__testUtils__/freeze';
import { startMesh } from '../__testUtils__/startMesh';
import { Viewer } from '../__testUtils__/Viewer';

const CALLERS = 3 * PART_ITEMS;

/** What is compared: a stream counts from moments of its own. */
function contentOf({ nodes, edges }: Pick<MeshGraph, 'nodes' | 'edges'>) {
  const sorted = <T extends { id: string }>(items: T[]) =>
    [...items].sort((left, right) => (left.id < right.id ? -1 : 1));
  return { nodes: sorted(nodes), edges: sorted(edges) };
}

describe('GET /graph/stream of a large graph', () => {
  let mesh: Awaited<ReturnType<typeof startMesh>>;
  let viewer: Viewer | undefined;

  beforeEach(async () => {
    mesh = await startMesh();
    freeze('Date', 'setTimeout', 'clearTimeout');
  });

  afterEach(async () => {
    viewer?.leave();
    jest.useRealTimers();
    await mesh.stop();
  });

  function callWith(rate: number): void {
    mesh.prometheus.vectors.requests = Array.from(
      { length: CALLERS },
      (_, index) => [pair(`caller-${index} -> payment-v2`), rate + index],
    );
  }

  it('leaves in parts of which a client makes the same graph, and the next', async () => {
    callWith(1);
    const { port } = mesh.server.address() as AddressInfo;
    viewer = new Viewer(`http://127.0.0.1:${port}/api/mesh/graph/stream`);
    const snapshots = new PartCollector<SnapshotPart>();
    let parts: readonly SnapshotPart[] | undefined;
    let count = 0;
    const ids: (string | undefined)[] = [];
    while (!parts) {
      const { event, id, data } = await viewer.next();
      expect(event).toBe('snapshot');
      const part = snapshotPartSchema.parse(JSON.parse(data));
      expect(part.nodes.length + part.edges.length).toBeLessThanOrEqual(
        PART_ITEMS,
      );
      count += 1;
      ids.push(id);
      parts = snapshots.add(part);
    }
    expect(count).toBeGreaterThanOrEqual((2 * CALLERS) / PART_ITEMS);
    // Who leaves half-way has not arrived at this state.
    expect(ids.slice(0, -1).every(id => id === undefined)).toBe(true);
    expect(ids.at(-1)).toBeDefined();
    const graph = joinSnapshot(parts);
    const whole = await request(mesh.server).get('/api/mesh/graph');
    expect(contentOf(graph)).toEqual(
      contentOf(meshGraphSchema.parse(whole.body)),
    );

    callWith(1000);
    await jest.advanceTimersByTimeAsync(5_000);
    const deltas = new PartCollector<DeltaPart>();
    let steps: readonly DeltaPart[] | undefined;
    count = 0;
    while (!steps) {
      const { event, data } = await viewer.next();
      expect(event).toBe('delta');
      count += 1;
      steps = deltas.add(deltaPartSchema.parse(JSON.parse(data)));
    }
    expect(count).toBeGreaterThan(1);
    const after = applyGraphDelta(graph, joinDelta(steps));
    const rates = after.edges
      .map(edge => edge.traffic.requestsPerSecond)
      .filter(rate => rate !== undefined);
    expect(rates).toHaveLength(CALLERS);
    expect(Math.min(...rates)).toBe(1000);
  });
});
