import { startTellingWorld } from '../testing';
import type { KubernetesObject } from '../../kubernetes/store';

function withStatus(pod: KubernetesObject, status: Record<string, unknown>) {
  return {
    ...pod,
    status: {
      ...pod.status,
      containerStatuses: (['payment', 'istio-proxy'] as const).map(name => ({
        name,
        restartCount: 0,
        state: { running: { startedAt: '2026-11-23T02:00:00Z' } },
        ...status,
      })),
    },
  };
}

async function startPod(status: Record<string, unknown> = {}) {
  const world = startTellingWorld();
  const found = world.store.get('pods', 'wealth', 'payment-v2-0');
  if (!found) throw new Error('the world has no payment v2');
  const pod = world.store.put('pods', withStatus(found, status));
  // A minute before the start is told as well.
  await world.run(60);
  return { ...world, pod, logs: world.simulator.logs };
}

const body = (line: string) => JSON.parse(line.slice(line.indexOf(' ') + 1));

describe('pod logs', () => {
  it('are lines of JSON in order, errors among them, the same every time', async () => {
    const { pod, logs } = await startPod();
    const lines = logs.read(pod, 'payment', {});
    expect(lines.length).toBeGreaterThan(100);
    const times = lines.map(line => line.split(' ')[0]);
    expect([...times].sort()).toEqual(times);
    expect(logs.read(pod, 'payment', {})).toEqual(lines);
    const documents = lines.map(body);
    const errors = documents.filter(({ level }) => level === 'error');
    expect(errors.length).toBeGreaterThan(5);
    expect(errors.map(({ message }) => message)).toContain(
      'no connection to the ledger: pool exhausted (16 of 16)',
    );
    expect(documents[0]).toMatchObject({
      service: 'payment',
      version: 'v2',
      caller: 'order',
      path: '/payments',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('are told by the proxy too', async () => {
    const { pod, logs } = await startPod();
    const app = logs.read(pod, 'payment', { tailLines: 5 });
    const proxy = logs.read(pod, 'istio-proxy', { tailLines: 5 });
    expect(proxy).toHaveLength(5);
    app.forEach((line, index) => {
      const { status, method, path } = body(line);
      expect(proxy[index].slice(0, 24)).toBe(line.slice(0, 24));
      expect(proxy[index]).toContain(`"${method} ${path} HTTP/1.1" ${status} `);
    });
  });

  it('heed limits', async () => {
    const { pod, logs, clock } = await startPod();
    expect(logs.read(pod, 'payment', { tailLines: 3 })).toHaveLength(3);
    expect(logs.read(pod, 'payment', { tailLines: 0 })).toEqual([]);
    const sinceMs = clock.now() - 30_500;
    const recent = logs.read(pod, 'payment', { sinceMs });
    expect(recent.length).toBeGreaterThan(10);
    for (const line of recent) {
      expect(Date.parse(line.split(' ')[0])).toBeGreaterThanOrEqual(sinceMs);
    }
  });

  it('remember that things were different', async () => {
    const { pod, logs, effects, clock, run } = await startPod();
    effects.setBehaviour('wealth/payment@v2', {
      errors: [{ code: 503, share: 0.3, message: 'on fire' }],
    });
    await run(60);
    await run(20);
    const onFire = (from: number, to: number) =>
      logs
        .read(pod, 'payment', { sinceMs: clock.now() - from * 1000 })
        .filter(
          line => Date.parse(line.split(' ')[0]) < clock.now() - to * 1000,
        )
        .filter(line => body(line).message.startsWith('on fire')).length;
    expect(onFire(79, 4)).toBeGreaterThan(3);
    expect(onFire(175, 85)).toBe(0);
  });

  it('begin with the start of the container', async () => {
    const { pod, logs } = await startPod({
      state: { running: { startedAt: '2026-11-23T06:01:00Z' } },
    });
    expect(body(logs.read(pod, 'payment', {})[0])).toMatchObject({
      message: 'starting payment 2.0.0',
    });
  });

  it('tell how the previous run ended', async () => {
    const { pod, logs } = await startPod({
      restartCount: 1,
      lastState: { terminated: { finishedAt: '2026-11-23T05:59:00Z' } },
    });
    const lines = logs.read(pod, 'payment', { previous: true });
    expect(body(lines[lines.length - 1])).toMatchObject({ level: 'fatal' });
    const never = await startPod();
    expect(never.logs.read(never.pod, 'payment', { previous: true })).toEqual(
      [],
    );
  });
});
