import { mockServices } from '@backstage/backend-test-utils';
import {
  KubernetesError,
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type ObjectList,
  type WatchEvent,
} from '../clusterClient';
import { WatchCache } from './WatchCache';
import { WatchCaches } from './WatchCaches';

type Event = WatchEvent<KubernetesObject>;

function object(name: string, version: string): KubernetesObject {
  return { metadata: { name, namespace: 'wealth', resourceVersion: version } };
}

function refusal(statusCode: number, message: string) {
  return new KubernetesError('kepler', statusCode, 'Reason', message);
}

/** One watch, written event by event. */
class Watch {
  readonly #queue: (Event | Error | 'end')[] = [];
  #wake: () => void = () => undefined;
  readonly resourceVersion: string;

  constructor(resourceVersion: string, signal: AbortSignal) {
    this.resourceVersion = resourceVersion;
    signal.addEventListener('abort', () => this.say(signal.reason));
  }

  say(...events: (Event | Error | 'end')[]): void {
    this.#queue.push(...events);
    this.#wake();
  }

  async *events(): AsyncGenerator<Event> {
    for (;;) {
      const event = this.#queue.shift();
      if (event === 'end') {
        return;
      }
      if (event === undefined) {
        await new Promise<void>(resolve => {
          this.#wake = resolve;
        });
      } else if ('type' in event) {
        yield event;
      } else {
        throw event;
      }
    }
  }
}

describe('WatchCache', () => {
  let lists: (ObjectList<KubernetesObject> | Error)[];
  let listed: number;
  let watches: Watch[];
  let caches: WatchCaches;
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0);
    logger.warn.mockClear();
    lists = [];
    listed = 0;
    watches = [];
    const client: Pick<ClusterClient, 'list' | 'watch'> = {
      list: async <T extends KubernetesObject>() => {
        const answer = lists[Math.min(listed, lists.length - 1)];
        listed += 1;
        if (answer instanceof Error) {
          throw answer;
        }
        return answer as ObjectList<T>;
      },
      watch: <T extends KubernetesObject>(
        _cluster: string,
        _type: unknown,
        options: { resourceVersion: string; signal: AbortSignal },
      ) => {
        const watch = new Watch(options.resourceVersion, options.signal);
        watches.push(watch);
        return watch.events() as AsyncGenerator<WatchEvent<T>>;
      },
    };
    caches = new WatchCaches({ client: client as ClusterClient, logger });
  });

  afterEach(async () => {
    await caches.stop();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const settle = () => jest.advanceTimersByTimeAsync(0);

  async function start(): Promise<WatchCache> {
    const cache = caches.get('kepler', RESOURCE_TYPES.deployments);
    await cache.ready();
    await settle();
    return cache;
  }

  const names = (cache: WatchCache) =>
    cache.objects?.map(({ metadata }) => metadata.name);
  const last = () => watches[watches.length - 1];

  it('lists once for all readers, then follows one watch', async () => {
    lists = [{ items: [object('order', '3')], resourceVersion: '5' }];
    const cache = await start();
    expect(caches.get('kepler', RESOURCE_TYPES.deployments)).toBe(cache);
    expect(names(cache)).toEqual(['order']);
    expect(last().resourceVersion).toBe('5');
    const { revision } = cache;
    const heard: number[] = [];
    const stopListening = cache.onChange(() => heard.push(cache.revision));

    last().say(
      { type: 'OPENED' },
      { type: 'ADDED', object: object('web', '6') },
      { type: 'MODIFIED', object: object('order', '7') },
      { type: 'DELETED', object: object('web', '8') },
    );
    await settle();
    expect(cache.objects).toEqual([object('order', '7')]);
    expect(heard).toEqual([revision + 1, revision + 2, revision + 3]);
    stopListening();
    last().say({ type: 'ADDED', object: object('web', '9') });
    await settle();
    expect(heard).toHaveLength(3);
    expect([listed, watches.length]).toEqual([1, 1]);
  });

  it('resumes where a watch ended, by its newest event or bookmark', async () => {
    lists = [{ items: [], resourceVersion: '5' }];
    const cache = await start();
    expect(cache.objects).toEqual([]);
    last().say({ type: 'ADDED', object: object('web', '6') }, 'end');
    await settle();
    expect(last().resourceVersion).toBe('6');
    last().say({ type: 'BOOKMARK', resourceVersion: '90' }, 'end');
    await settle();
    expect(last().resourceVersion).toBe('90');
    last().say({ type: 'BOOKMARK', resourceVersion: '' }, 'end');
    await settle();
    expect(last().resourceVersion).toBe('90');
    expect([listed, watches.length]).toEqual([1, 4]);
    expect(names(cache)).toEqual(['web']);
  });

  it('lists anew after a 410 and forgets what is gone', async () => {
    lists = [
      { items: [object('order', '3')], resourceVersion: '5' },
      { items: [object('web', '70')], resourceVersion: '71' },
    ];
    const cache = await start();
    const { revision } = cache;
    last().say(refusal(410, 'too old resource version'));
    await settle();
    expect(names(cache)).toEqual(['order']);
    await jest.advanceTimersByTimeAsync(250);
    expect(names(cache)).toEqual(['web']);
    expect(last().resourceVersion).toBe('71');
    expect(cache.status.state).toBe('ok');
    expect(cache.revision).toBeGreaterThan(revision);
  });

  it('keeps what it knew while the cluster is away, waiting ever longer', async () => {
    lists = [{ items: [object('order', '3')], resourceVersion: '5' }];
    const cache = await start();
    const { asOf } = cache.status;
    const waits = [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000];
    for (const wait of waits) {
      const before = watches.length;
      last().say(new Error('socket hang up'));
      await jest.advanceTimersByTimeAsync(wait - 1);
      expect(watches).toHaveLength(before);
      expect(cache.status).toEqual({
        name: 'kubernetes/deployments',
        state: 'stale',
        asOf,
        reason: 'socket hang up',
      });
      expect(names(cache)).toEqual(['order']);
      await jest.advanceTimersByTimeAsync(1);
      expect(watches).toHaveLength(before + 1);
    }
    expect(logger.warn).toHaveBeenCalledTimes(1);
    last().say({ type: 'OPENED' });
    await settle();
    expect(cache.status.state).toBe('ok');
    last().say(new Error('socket hang up'));
    const before = watches.length;
    await jest.advanceTimersByTimeAsync(250);
    expect(watches).toHaveLength(before + 1);
    expect(last().resourceVersion).toBe('5');
  });

  it.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'absent'],
    [500, 'failed'],
  ])('says why nothing was read after a %s', async (code, state) => {
    lists = [
      refusal(code, 'no deployments for you'),
      { items: [], resourceVersion: '5' },
    ];
    const cache = await start();
    expect(cache.objects).toBeUndefined();
    expect(cache.status).toMatchObject({
      state,
      reason: 'no deployments for you',
    });
    await jest.advanceTimersByTimeAsync(250);
    expect(cache.objects).toEqual([]);
    expect(cache.status.state).toBe('ok');
  });

  it('does not hammer a server whose watches end at once', async () => {
    lists = [{ items: [object('order', '3')], resourceVersion: '5' }];
    const cache = await start();
    for (const wait of [250, 500, 1000]) {
      const before = watches.length;
      last().say({ type: 'OPENED' }, 'end');
      await jest.advanceTimersByTimeAsync(wait - 1);
      expect(watches).toHaveLength(before);
      await jest.advanceTimersByTimeAsync(1);
      expect(watches).toHaveLength(before + 1);
      expect(cache.status.state).toBe('ok');
    }
    // A quiet watch of ordinary length is followed at once.
    await jest.advanceTimersByTimeAsync(60_000);
    const before = watches.length;
    last().say('end');
    await settle();
    expect(watches).toHaveLength(before + 1);
  });

  it('stops in the middle of a watch and in the middle of a wait', async () => {
    lists = [{ items: [], resourceVersion: '5' }];
    const watching = await start();
    await watching.stop();
    expect(watching.objects).toEqual([]);
    lists = [new Error('away')];
    const waiting = caches.get('kepler', RESOURCE_TYPES.services);
    await waiting.ready();
    await waiting.stop();
    expect(jest.getTimerCount()).toBe(0);
    const before = [listed, watches.length];
    await jest.advanceTimersByTimeAsync(120_000);
    expect([listed, watches.length]).toEqual(before);
  });
});
