import { startWorld } from '../simulator/testing';
import { defaultWorld } from '../world/default';
import { generateWorld } from '../world/generated/generate';
import { IncidentRegistry } from '.';

const REQUESTS = 'istio_requests_total';

function start() {
  const world = startWorld();
  const reviewed: string[] = [];
  const { clock, store, effects } = world;
  const incidents = new IncidentRegistry({
    world: defaultWorld,
    store,
    effects,
    clock,
    reviewPod: (namespace, name) => reviewed.push(`${namespace}/${name}`),
  });
  return { ...world, incidents, reviewed };
}

describe('incidents', () => {
  it('lists what this world can suffer', () => {
    const { incidents } = start();
    expect(incidents.list().map(({ name }) => name)).toEqual([
      'payment-v2-errors',
      'mysql-slow',
      'bank-timeouts',
      'node-down',
      'traffic-spike',
      'bad-config-push',
      'loan-scoring-crashloop',
      'registry-only',
      'contract-scaled-to-zero',
      'proxy-out-of-sync',
      'log-store-busy',
      'log-store-red',
      'gitlab-down',
      'registry-down',
      'jenkins-stuck',
      'consul-down',
      'consul-conflict',
    ]);
    expect(incidents.list().some(({ active }) => active)).toBe(false);
    const other = startWorld();
    const generated = new IncidentRegistry({
      world: generateWorld(60, 1),
      store: other.store,
      effects: other.effects,
      clock: other.clock,
      reviewPod: () => undefined,
    });
    expect(generated.list().map(({ name }) => name)).toEqual([
      'node-down',
      'traffic-spike',
      'bad-config-push',
      'gitlab-down',
      'registry-down',
      'jenkins-stuck',
      'consul-down',
      'consul-conflict',
    ]);
  });

  it('starts once, stops, and does not know strange names', () => {
    const { incidents, clock } = start();
    const first = incidents.start('mysql-slow');
    clock.advance(5000);
    expect(incidents.start('mysql-slow')).toEqual(first);
    expect(first).toMatchObject({
      active: true,
      startedAt: '2026-11-23T06:00:00.000Z',
    });
    expect(incidents.stop('mysql-slow')).toMatchObject({ active: false });
    expect(incidents.start('earthquake')).toBeUndefined();
  });

  it('makes payment v2 worse and takes it back', async () => {
    const { incidents, increase } = start();
    const edge = {
      reporter: 'destination',
      destination_workload: 'payment-v2',
    };
    const share = async () => {
      const [all, failed] = await increase(60, REQUESTS, edge, {
        ...edge,
        response_code: '503',
      });
      return failed / all;
    };
    incidents.start('payment-v2-errors');
    expect(await share()).toBeCloseTo(0.43, 1);
    incidents.stop('payment-v2-errors');
    expect(await share()).toBeCloseTo(0.1, 1);
  });

  it('multiplies traffic', async () => {
    const { incidents, increase } = start();
    const entry = { source_workload: 'istio-ingressgateway' };
    const [before] = await increase(30, REQUESTS, entry);
    incidents.start('traffic-spike');
    const [during] = await increase(30, REQUESTS, entry);
    expect(during / before).toBeCloseTo(3, 0);
  });

  it('loses a node: connections fail first, then Kubernetes notices', async () => {
    const { incidents, clock, store, sink, reviewed, increase, run } = start();
    const failed = { reporter: 'source', response_flags: 'UF,URX' };
    incidents.start('node-down');
    const [failures] = await increase(20, REQUESTS, failed);
    expect(failures).toBeGreaterThan(50);
    expect(
      sink.find('up', { job: 'kubelet', instance: 'worker-1' })[0].value,
    ).toBe(0);
    clock.advance(40_000);
    incidents.advance();
    const node = store.get('nodes', undefined, 'worker-1');
    expect(node?.status?.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'Unknown' }),
    );
    expect(reviewed.length).toBeGreaterThan(3);
    incidents.stop('node-down');
    await run(10);
    const [later] = await increase(20, REQUESTS, failed);
    expect(later).toBe(0);
    expect(
      sink.find('up', { instance: 'worker-1' }).map(({ value }) => value),
    ).toEqual([1, 1, 1]);
  });

  it('pushes configuration that proxies reject', async () => {
    const { incidents, store, increase } = start();
    incidents.start('bad-config-push');
    const [rejects] = await increase(20, 'pilot_total_xds_rejects', {});
    expect(rejects).toBeGreaterThan(20);
    expect(store.list('envoyfilters.networking.istio.io')).toHaveLength(1);
    incidents.stop('bad-config-push');
    expect(store.list('envoyfilters.networking.istio.io')).toHaveLength(0);
  });
});
