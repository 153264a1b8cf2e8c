import type { AddressInfo } from 'node:net';
import {
  applyGraphDelta,
  graphDeltaSchema,
  meshGraphSchema,
} from '@orrery/backstage-plugin-mesh-common';
import { pair } from './__testUtils__/fakePrometheus';
import { freeze } from './__testUtils__/freeze';
import { startMesh } from './__testUtils__/startMesh';
import { Viewer } from './__testUtils__/Viewer';

describe('GET /graph/stream', () => {
  let mesh: Awaited<ReturnType<typeof startMesh>>;
  let url: string;
  const viewers: Viewer[] = [];

  beforeEach(async () => {
    mesh = await startMesh();
    const { port } = mesh.server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}/api/mesh/graph/stream`;
    freeze('Date', 'setTimeout', 'clearTimeout');
  });

  afterEach(async () => {
    for (const viewer of viewers.splice(0)) {
      viewer.leave();
    }
    jest.useRealTimers();
    await mesh.stop();
  });

  function view(lastEventId?: string): Viewer {
    const viewer = new Viewer(url, lastEventId);
    viewers.push(viewer);
    return viewer;
  }

  const nextLook = () => jest.advanceTimersByTimeAsync(5_000);

  /** Waits for what the server does on its own account, without a clock. */
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
  }

  function failMore(rate: number): void {
    mesh.prometheus.vectors.requests?.splice(3, 1, [
      pair('order -> payment-v2', { response_code: '503' }),
      rate,
    ]);
  }

  it('sends a snapshot, then what changed, to all viewers from one loop', async () => {
    const [first, second] = [view(), view()];
    const snapshots = [await first.next(), await second.next()];
    expect(first.response?.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
    });
    expect(snapshots.map(({ event }) => event)).toEqual([
      'snapshot',
      'snapshot',
    ]);
    const graph = meshGraphSchema.parse(JSON.parse(snapshots[0].data));
    expect(graph.edges).toHaveLength(4);

    const asked = mesh.prometheus.asked.length;
    failMore(3);
    await nextLook();
    const [delta, same] = [await first.next(), await second.next()];
    expect(delta).toEqual(same);
    expect(delta.event).toBe('delta');
    expect(delta.id).not.toBe(snapshots[0].id);
    const change = graphDeltaSchema.parse(JSON.parse(delta.data));
    expect(change.edges.map(edge => edge.target)).toEqual([
      'kepler/wealth/Deployment/payment-v2',
    ]);
    const after = applyGraphDelta(graph, change);
    expect(
      after.edges.find(edge => edge.id === change.edges[0].id)?.traffic
        .errorShare,
    ).toBe(0.75);
    expect(mesh.prometheus.asked).toHaveLength(asked + 6);
  });

  it('gives a viewer that returns only what it missed', async () => {
    const stays = view();
    await stays.next();
    const leaves = view();
    const snapshot = await leaves.next();
    await nextLook();
    const seen = await leaves.next();
    leaves.leave();
    failMore(3);
    await nextLook();
    await stays.next();
    const missed = await stays.next();

    const returned = await view(seen.id).next();
    expect(returned).toEqual(missed);
    expect(await view(snapshot.id).next()).toMatchObject({ event: 'snapshot' });
    expect(await view('another-process-1').next()).toMatchObject({
      event: 'snapshot',
    });
  });

  it('does not resume from a loop that has ended', async () => {
    const before = view();
    await before.next();
    await nextLook();
    const { id } = await before.next();
    before.leave();
    await until(() => jest.getTimerCount() === 0);

    const other = view();
    await other.next();
    await nextLook();
    await other.next();
    expect(await view(id).next()).toMatchObject({ event: 'snapshot' });
  });

  it('asks nothing more when the last viewer has left', async () => {
    const [first, second] = [view(), view()];
    await Promise.all([first.next(), second.next()]);
    expect(jest.getTimerCount()).toBe(1);
    first.leave();
    second.leave();
    await until(() => jest.getTimerCount() === 0);
    const asked = mesh.prometheus.asked.length;
    await nextLook();
    await nextLook();
    expect(mesh.prometheus.asked).toHaveLength(asked);
  });

  it('leaves no loop behind a viewer that gave up while it waited', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    mesh.prometheus.spoil((_name, response) => {
      held.then(() =>
        response.end(
          '{"status":"success","data":{"resultType":"vector","result":[]}}',
        ),
      );
      return 'spoilt';
    });
    const closed = new Promise(resolve => {
      mesh.server.once('request', request => request.once('close', resolve));
    });
    const impatient = view();
    await until(() => mesh.prometheus.asked.length === 5);
    impatient.leave();
    await closed;
    release();
    mesh.prometheus.heal();
    const asked = mesh.prometheus.asked.length;
    for (let turn = 0; turn < 50; turn += 1) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
    await nextLook();
    await nextLook();
    expect(mesh.prometheus.asked).toHaveLength(asked);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tells viewers when the graph turns stale, and goes on', async () => {
    const viewer = view();
    await viewer.next();
    mesh.prometheus.spoil((_name, response) => {
      response.destroy();
      return 'spoilt';
    });
    await nextLook();
    const stale = graphDeltaSchema.parse(
      JSON.parse((await viewer.next()).data),
    );
    expect(stale.sources[0].state).toBe('stale');
    expect(stale.edges).toEqual([]);
    expect(stale.removedEdges).toEqual([]);
    mesh.prometheus.heal();
    await nextLook();
    const healed = graphDeltaSchema.parse(
      JSON.parse((await viewer.next()).data),
    );
    expect(healed.sources[0].state).toBe('ok');
  });
});
