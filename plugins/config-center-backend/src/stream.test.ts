import { createStreamDecoder } from '@orrery/backstage-plugin-orrery-common';
import type { AddressInfo } from 'node:net';
import { SERVICE, startConfig } from './__testUtils__/startConfig';

describe('the live view', () => {
  let world: Awaited<ReturnType<typeof startConfig>>;

  beforeEach(async () => {
    world = await startConfig();
    world.consul.put('wealth.payment/a', '1');
  });
  afterEach(() => world.stop());

  /** Opens the stream and reads its events one by one. */
  async function open() {
    const abort = new AbortController();
    const { port } = world.server.address() as AddressInfo;
    const response = await fetch(
      `http://127.0.0.1:${port}/api/config-center/stream?service=${SERVICE}`,
      { signal: abort.signal },
    );
    const reader = response.body!.getReader();
    const decode = createStreamDecoder();
    const text = new TextDecoder();
    const events: { event: string; data: string }[] = [];
    return {
      close: () => abort.abort(),
      async next() {
        while (events.length === 0) {
          const { value } = await reader.read();
          events.push(...decode(text.decode(value)));
        }
        return events.shift()!;
      },
    };
  }

  const keysOf = ({ data }: { data: string }) =>
    JSON.parse(data).entries.map(({ key }: { key: string }) => key);

  async function until(check: () => boolean) {
    for (let tries = 0; tries < 200 && !check(); tries++) {
      await new Promise(resolve => {
        setTimeout(resolve, 10);
      });
    }
    expect(check()).toBe(true);
  }

  it('is one question for all viewers, and says what others change', async () => {
    const one = await open();
    const other = await open();
    expect(keysOf(await one.next())).toEqual(['a']);
    expect(keysOf(await other.next())).toEqual(['a']);
    await until(() => world.consul.waiting === 1);
    world.consul.put('wealth.payment/b', '2');
    expect(keysOf(await one.next())).toEqual(['a', 'b']);
    expect(keysOf(await other.next())).toEqual(['a', 'b']);
    world.consul.remove('wealth.payment/a');
    expect(keysOf(await one.next())).toEqual(['b']);
    const { body } = await world.get(`/history?service=${SERVICE}`);
    expect(
      body.changes.map(
        ({ key, change, by }: Record<string, string>) =>
          `${change} ${key} ${by}`,
      ),
    ).toEqual(['deleted a outside', 'set b outside', 'seen a outside']);
    one.close();
    other.close();
  });

  it('says when Consul is away, and goes on when it is back', async () => {
    const one = await open();
    await one.next();
    await until(() => world.consul.waiting === 1);
    world.consul.isLeaderless = true;
    world.consul.wake();
    const problem = await one.next();
    expect(problem.event).toBe('problem');
    expect(problem.data).toContain('No cluster leader');
    world.consul.isLeaderless = false;
    let event = await one.next();
    while (event.event === 'problem') {
      event = await one.next();
    }
    expect(keysOf(event)).toEqual(['a']);
    one.close();
  });
});
