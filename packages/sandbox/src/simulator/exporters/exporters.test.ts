import { setReady, startWorld } from '../testing';
import { quantity } from './kubeStateSamples';

describe('metrics of the cluster', () => {
  it('follow the objects', async () => {
    const { store, sink, run } = startWorld();
    await run(1);
    const ready = { pod: 'order-0', condition: 'true' };
    expect(sink.total('kube_pod_status_ready', ready)).toBe(1);
    setReady(store, 'order-0', false);
    await run(1);
    expect(sink.total('kube_pod_status_ready', ready)).toBe(0);
    expect(sink.total('kube_pod_info', { namespace: 'wealth' })).toBe(24);
    store.delete('pods', 'wealth', 'order-0');
    await run(1);
    expect(sink.find('kube_pod_info', { pod: 'order-0' })).toEqual([]);
    expect(
      sink.total('kube_node_status_condition', {
        condition: 'Ready',
        status: 'true',
      }),
    ).toBe(9);
    expect(
      sink.total('kube_deployment_spec_replicas', { deployment: 'payment-v1' }),
    ).toBe(4);
    expect(
      sink.total('kube_node_status_allocatable', {
        node: 'worker-1',
        resource: 'cpu',
      }),
    ).toBeCloseTo(15.8);
  });

  it('grow with the work that containers do', async () => {
    const { increase } = startWorld();
    const name = 'container_cpu_usage_seconds_total';
    const [busy, idle, proxy] = await increase(
      60,
      name,
      { pod: 'portal-bff-0', container: 'portal-bff' },
      { pod: 'report-0', container: 'report' },
      { pod: 'portal-bff-0', container: 'istio-proxy' },
    );
    expect(idle / 60).toBeCloseTo(0.004, 4);
    expect(busy / 60).toBeGreaterThan(0.1);
    expect(proxy).toBeLessThan(busy);
  });

  it('have a past that the present continues', async () => {
    const { sink, clock, run } = startWorld();
    await run(5);
    const now = clock.now();
    for (const name of [
      'container_cpu_usage_seconds_total',
      'node_cpu_seconds_total',
      'apiserver_request_total',
      'container_memory_working_set_bytes',
    ]) {
      const series = sink.find(name);
      expect(series.length).toBeGreaterThan(10);
      for (const { value, past } of series) {
        const before = past?.(now - 10_000) ?? NaN;
        expect(Math.abs(value - before)).toBeLessThan(
          Math.max(before * 0.01, 200),
        );
      }
    }
  });

  it('spend every second of a core in some mode', async () => {
    const { increase } = startWorld();
    const [all] = await increase(30, 'node_cpu_seconds_total', {
      node: 'worker-1',
      cpu: '3',
    });
    expect(all).toBeCloseTo(30, 0);
  });

  it('keep silent about a node that nobody reaches', async () => {
    const { sink, effects, run } = startWorld();
    await run(5);
    effects.setUnreachable('worker-2', true);
    await run(5);
    expect(
      sink.find('node_memory_MemTotal_bytes', { node: 'worker-2' }),
    ).toEqual([]);
    expect(
      sink.find('container_cpu_usage_seconds_total', { node: 'worker-2' }),
    ).toEqual([]);
    expect(sink.total('up', { instance: 'worker-2' })).toBe(0);
    effects.setUnreachable('worker-2', false);
    await run(5);
    expect(
      sink.find('node_memory_MemTotal_bytes', { node: 'worker-2' }),
    ).toHaveLength(1);
    expect(sink.total('up', { instance: 'worker-2' })).toBe(3);
  });

  it.each([
    ['250m', 0.25],
    ['16', 16],
    [2, 2],
    ['64Gi', 64 * 1024 ** 3],
    ['209702912Ki', 209702912 * 1024],
  ])('reads the quantity %p', (text, value) => {
    expect(quantity(text)).toBe(value);
  });
});
