import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { pod, startLogs } from '../__testUtils__/startLogs';
import { followContainer } from './followContainer';
import { TailHub, type TailNews } from './TailHub';
import { ScopedStore } from './ScopedStore';
import { LogStore } from '../sources/LogStore';
import { MemoryElasticsearch } from '../__testUtils__/MemoryElasticsearch';
import { ViewerLimit } from './ViewerLimit';
import { writeRison } from './kibanaLink';

const NOW = Date.now();
const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

async function until(isDone: () => boolean) {
  for (let turn = 0; turn < 200 && !isDone(); turn += 1) {
    await sleep(10);
  }
}

describe('the live tail', () => {
  const store = new MemoryElasticsearch();
  let scoped: ScopedStore;

  beforeAll(async () => {
    const source = new LogStore({
      cluster: 'kepler',
      url: await store.start(),
      index: 'filebeat-*',
      headers: {},
      timeoutSeconds: 5,
      maxConcurrency: 4,
      fields: {},
    });
    scoped = new ScopedStore(source, await source.facts(), {});
  });
  afterAll(() => store.stop());
  beforeEach(() => {
    store.lines.length = 0;
    store.asked.length = 0;
  });

  const add = (id: string, seconds: number) =>
    store.add({ id, at: at(seconds), namespace: 'wealth', app: 'order' });

  function follow(hub: TailHub) {
    const news: TailNews[] = [];
    const problems: Error[] = [];
    const stop = hub.follow(
      scoped,
      [],
      { query: '' },
      {
        onNews: told => news.push(told),
        onProblem: error => problems.push(error),
      },
    );
    const ids = () => news.flatMap(({ lines }) => lines.map(({ id }) => id));
    return { news, problems, ids, stop };
  }

  it('tells each line once, also one that comes late', async () => {
    const hub = new TailHub(10);
    add('a', -1);
    add('b', -0.5);
    const tail = follow(hub);
    await until(() => tail.ids().length === 2);
    // Written before `b`, stored after it.
    add('late', -0.8);
    add('c', -0.2);
    await until(() => tail.ids().length === 4);
    await sleep(50);
    expect(tail.ids()).toEqual(['a', 'b', 'late', 'c']);
    tail.stop();
    expect(hub.size).toBe(0);
  });

  it('looks once for all who ask the same', async () => {
    const hub = new TailHub(20);
    const tails = Array.from({ length: 10 }, () => follow(hub));
    add('a', -1);
    await until(() => tails.every(({ ids }) => ids().length === 1));
    expect(hub.size).toBe(1);
    expect(store.asked.length).toBeLessThan(8);
    tails.forEach(({ stop }) => stop());
    const asked = store.asked.length;
    await sleep(60);
    expect(store.asked.length).toBeLessThanOrEqual(asked + 1);
  });

  it('counts what it left out, and goes on with the newest', async () => {
    const hub = new TailHub(10);
    for (let index = 0; index < 5200; index += 1) {
      add(`n${index}`, -5 + index / 2000);
    }
    const tail = follow(hub);
    await until(() => tail.news.length > 0);
    expect(tail.news[0].skipped).toBe(200);
    expect(tail.news[0].lines).toHaveLength(5000);
    add('next', -0.1);
    await until(() => tail.ids().includes('next'));
    expect(tail.news.slice(1).every(({ skipped }) => skipped === 0)).toBe(true);
    tail.stop();
  });

  it('tells of a store that fails, and goes on when it is back', async () => {
    const hub = new TailHub(10);
    store.faults = [{ status: 503, body: {} }];
    add('a', -1);
    const tail = follow(hub);
    await until(() => tail.ids().length === 1);
    expect(tail.problems).toHaveLength(1);
    tail.stop();
  });
});

describe('containers', () => {
  it('are followed over restarts, no line twice', async () => {
    const lines: string[] = [];
    const states: string[] = [];
    const abort = new AbortController();
    const logs = [
      [`${at(1)} one`, `${at(2)} two`],
      [`${at(2)} two`, `${at(3)} three`],
    ];
    await followContainer({
      signal: abort.signal,
      isPrevious: false,
      firstPauseMilliseconds: 1,
      async *open() {
        const next = logs.shift();
        if (!next) {
          throw Object.assign(new Error('the pod is gone'), {
            statusCode: 404,
          });
        }
        yield* next;
      },
      onLine: text => lines.push(text.split(' ')[1]),
      onState: state => states.push(state),
    });
    expect(lines).toEqual(['one', 'two', 'three']);
    expect(states).toEqual([
      'following',
      'reconnecting',
      'following',
      'reconnecting',
      'following',
      'ended',
    ]);
  });

  it('are merged by time, without sidecars and without foreign ones', async () => {
    const world = await startLogs();
    world.cluster.pods = [
      pod('wealth', 'order'),
      pod('wealth', 'payment'),
      pod('secret', 'vault'),
    ];
    world.cluster.logs.set('order-1/order', [
      `${at(1)} one`,
      `${at(3)} {"level":"ERROR","msg":"three","trace_id":"${'a'.repeat(32)}"}`,
      'no instant',
    ]);
    world.cluster.logs.set('payment-1/payment', [`${at(2)} two`]);
    const get = (path: string) =>
      request(world.server).get(`/api/logs/${path}`);
    const { body } = await get('pods?cluster=kepler&namespace=wealth');
    expect(
      body.lines.map(({ text, level }: { text: string; level: string }) => [
        text,
        level,
      ]),
    ).toEqual([
      ['one', 'unknown'],
      ['two', 'unknown'],
      ['three', 'error'],
    ]);
    expect(body.lines[2].traceId).toBe('a'.repeat(32));
    const targets = await get(
      'targets?cluster=kepler&namespace=wealth&app=order',
    );
    expect(targets.body.pods).toEqual([
      {
        name: 'order-1',
        app: 'order',
        node: 'node-1',
        containers: [
          { name: 'order', kind: 'app', restarts: 2, state: 'running' },
          {
            name: 'istio-proxy',
            kind: 'sidecar',
            restarts: 0,
            state: 'running',
          },
        ],
      },
    ]);
    for (const [field, path] of [
      ['since', 'pods?cluster=kepler&namespace=wealth&since=long'],
      ['cluster', 'pods?cluster=x&namespace=wealth'],
      ['namespace', 'targets?cluster=kepler&namespace=A'],
    ]) {
      const refused = await get(path);
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toContain(field);
    }
    await world.stop();
  });
});

describe('downloads and links', () => {
  it('send every line, the oldest first, over a moment that was forgotten', async () => {
    const world = await startLogs();
    for (let index = 0; index < 2500; index += 1) {
      world.store.add({
        id: `d${index}`,
        at: at(-3000 + index),
        namespace: 'wealth',
        app: 'order',
      });
    }
    await request(world.server).get('/api/logs/fields?cluster=kepler');
    // The first page is answered; the second finds that the moment is gone.
    world.store.faults = [];
    const original = world.store.asked.push.bind(world.store.asked);
    world.store.asked.push = (...asked) => {
      const count = original(...asked);
      if (count === 1) {
        world.store.faults = [
          {
            status: 404,
            body: { error: { type: 'search_context_missing_exception' } },
          },
        ];
      }
      return count;
    };
    const { text, status } = await request(world.server).get(
      '/api/logs/download?cluster=kepler&from=now-2h&format=text',
    );
    expect(status).toBe(200);
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(2500);
    expect(lines[0]).toMatch(/INFO order-1 line d0$/);
    expect(lines.at(-1)).toMatch(/line d2499$/);
    await world.stop();
  });

  it('lead to Kibana with the same range, words and conditions', async () => {
    const world = await startLogs();
    const { body } = await request(world.server).get(
      `/api/logs/link?cluster=kepler&namespaces=wealth&app=order&query=${encodeURIComponent(
        "it's",
      )}`,
    );
    const link = decodeURIComponent(body.kibana);
    expect(link).toMatch(
      /^https:\/\/kibana\.example\/app\/discover#\/\?_g=\(time:/,
    );
    expect(link).toContain("query:(language:kuery,query:'it!'s')");
    expect(link).toContain('kubernetes.namespace');
    expect(link).toContain('index:view');
    await world.stop();
  });

  it('write Rison', () => {
    expect(writeRison({ a: [1, true, null, 'x y'], 'b c': {} })).toBe(
      "(a:!(1,!t,!n,'x y'),'b c':())",
    );
  });
});

it('limits what one person holds open', () => {
  const limit = new ViewerLimit(2);
  const first = limit.take('lin');
  limit.take('lin');
  expect(() => limit.take('lin')).toThrow('You follow 2 logs already');
  limit.take('mei');
  first();
  first();
  limit.take('lin');
  expect(() => limit.take('lin')).toThrow();
});
