import { mockCredentials } from '@backstage/backend-test-utils';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { freeze } from '../__testUtils__/freeze';
import { GraphHub, type GraphListener } from './GraphHub';
import type { SightSource } from '../sight/Sights';
import type { GraphQuery, SharedMeshService } from './types';

const QUERY: GraphQuery = {
  namespaces: [],
  graphType: 'app',
  windowSeconds: 600,
};

function graph(query: GraphQuery, at: string): MeshGraph {
  return {
    cluster: query.cluster ?? 'kepler',
    graphType: query.graphType,
    namespaces: [...query.namespaces],
    window: query.windowSeconds,
    at,
    nodes: [],
    edges: [],
    sources: [],
    warnings: [],
  };
}

function unused(): Promise<never> {
  return Promise.reject(new Error('A hub only reads graphs'));
}

describe('GraphHub', () => {
  let reads = 0;
  let trouble: Error | undefined;
  const read: SharedMeshService['graph'] = async query => {
    reads += 1;
    if (trouble) {
      throw trouble;
    }
    return graph(query, `moment ${reads}`);
  };
  const shared: SharedMeshService = {
    graph: read,
    node: unused,
    history: unused,
    timeline: unused,
    controlPlanes: unused,
    summaries: unused,
  };
  let key: string | undefined;
  const sights: SightSource = {
    of: async () =>
      key === undefined
        ? undefined
        : { key, sees: () => true, seesNamespace: () => true },
  };
  let hub: GraphHub;

  beforeEach(() => {
    freeze('setTimeout', 'clearTimeout');
    reads = 0;
    trouble = undefined;
    key = undefined;
    hub = new GraphHub({ sights, shared, epoch: 'e' });
  });

  afterEach(() => {
    hub.stop();
    jest.useRealTimers();
  });

  function listener() {
    const told: string[] = [];
    const all: GraphListener = {
      onDelta: ({ delta }) => told.push(delta.at),
      onProblem: message => told.push(message),
      onEnd: () => told.push('end'),
    };
    return { told, all };
  }

  const subscribe = (query: GraphQuery, all: GraphListener, last?: string) =>
    hub.subscribe(query, mockCredentials.user(), last, all);

  it('runs one loop per question, at the pace of its window', async () => {
    const [one, two] = [listener(), listener()];
    await subscribe(QUERY, one.all);
    await subscribe({ ...QUERY, cluster: 'kepler' }, two.all);
    await subscribe({ ...QUERY, graphType: 'service' }, listener().all);
    expect(jest.getTimerCount()).toBe(2);
    await jest.advanceTimersByTimeAsync(29_000);
    expect(one.told).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(one.told).toEqual(['moment 4']);
    expect(two.told).toEqual(one.told);
    hub.stop();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tells of trouble and goes on', async () => {
    const { told, all } = listener();
    await subscribe(QUERY, all);
    trouble = new Error('out of order');
    await jest.advanceTimersByTimeAsync(30_000);
    trouble = undefined;
    await jest.advanceTimersByTimeAsync(30_000);
    expect(told).toEqual(['out of order', 'moment 3']);
  });

  it('keeps a bounded past: who was away too long starts anew', async () => {
    const first = await subscribe(QUERY, listener().all);
    await jest.advanceTimersByTimeAsync(30_000);
    const { id } = first.current();
    await jest.advanceTimersByTimeAsync(24 * 30_000);
    const recent = first.current().id;
    await jest.advanceTimersByTimeAsync(30_000);
    const { start } = await subscribe(QUERY, listener().all, id);
    expect(start).toMatchObject({ id: first.current().id });
    expect(
      (await subscribe(QUERY, listener().all, recent)).start,
    ).toMatchObject({ missed: [{ id: first.current().id }] });
  });

  it('does not start a loop for who may not read', async () => {
    const closed = new GraphHub({
      sights: { of: unused },
      shared,
      epoch: 'e',
    });
    await expect(
      closed.subscribe(
        QUERY,
        mockCredentials.user(),
        undefined,
        listener().all,
      ),
    ).rejects.toThrow();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('shares nothing between those who see different things', async () => {
    await subscribe(QUERY, listener().all);
    key = 'a team';
    await subscribe(QUERY, listener().all);
    expect(jest.getTimerCount()).toBe(2);
  });

  it('ends the stream of who may see something else by now', async () => {
    const { told, all } = listener();
    await subscribe(QUERY, all);
    await jest.advanceTimersByTimeAsync(30_000);
    key = 'a team';
    await jest.advanceTimersByTimeAsync(60_000);
    expect(told).toContain('end');
  });

  it('ends a loop with its last viewer, even in the middle of a read', async () => {
    const { told, all } = listener();
    let release: () => void = () => undefined;
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const slow = new GraphHub({
      sights,
      shared: {
        ...shared,
        graph: async (query, sight) => {
          // The first read is the viewer's own.
          await (reads > 0 ? held : undefined);
          return read(query, sight);
        },
      },
      epoch: 'e',
    });
    const subscription = await slow.subscribe(
      QUERY,
      mockCredentials.user(),
      undefined,
      all,
    );
    await jest.advanceTimersByTimeAsync(30_000);
    subscription.unsubscribe();
    release();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([]);
    expect(reads).toBe(2);
  });
});
