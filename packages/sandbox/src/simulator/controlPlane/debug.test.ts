import { proxyOutOfSync } from '../../incidents/sync';
import { defaultWorld } from '../../world/default';
import { startWorld } from '../testing';

type Status = Record<string, string>;

function istiods({ store }: ReturnType<typeof startWorld>) {
  return store
    .list('pods', 'istio-system')
    .filter(({ metadata }) => metadata.labels?.app === 'istiod');
}

/** The states that every istiod knows, by its name. */
function states(world: ReturnType<typeof startWorld>) {
  return istiods(world).map(pod => {
    const answer = world.simulator.podHttp({
      pod,
      port: 15014,
      method: 'GET',
      path: '/debug/syncz',
      query: new URLSearchParams(),
    });
    const list: Status[] = JSON.parse(answer?.body ?? 'null');
    return { name: pod.metadata.name, list };
  });
}

const behind = (list: Status[]) =>
  list.flatMap(status =>
    ['cluster', 'listener', 'route', 'endpoint']
      .filter(kind => status[`${kind}_sent`] !== status[`${kind}_acked`])
      .map(kind => `${status.proxy} ${kind}`),
  );

describe('the debug interface of istiod', () => {
  it('knows every proxy of its revision once, all in sync', () => {
    const world = startWorld();
    const all = states(world);
    const isCanary = ({ name }: { name: string }) => name.includes('1-29-1');
    const [canary] = all.filter(isCanary);
    const stable = all.filter(istiod => !isCanary(istiod));
    expect(stable).toHaveLength(2);
    const old = stable.flatMap(({ list }) => list);
    expect(new Set(old.map(({ proxy }) => proxy)).size).toBe(old.length);
    expect(new Set(old.map(status => status.istio_version))).toEqual(
      new Set(['1.28.3']),
    );
    expect(canary.list.length).toBeGreaterThan(5);
    for (const status of canary.list) {
      expect(status).toMatchObject({
        cluster_id: 'kepler-sh',
        proxy_type: 'sidecar',
        istio_version: '1.29.1',
      });
      expect(status.proxy).toMatch(/\.loan$/);
    }
    expect(new Set(old.map(status => status.proxy_type))).toEqual(
      new Set(['sidecar', 'router', 'waypoint']),
    );
    expect(behind([...old, ...canary.list])).toEqual([]);
  });

  it('shows one proxy behind while the incident lasts', () => {
    const world = startWorld();
    const context = {
      ...world,
      world: defaultWorld,
      reviewPod: () => undefined,
    };
    const all = () => behind(states(world).flatMap(({ list }) => list));
    proxyOutOfSync.start(context);
    expect(all()).toEqual(
      ['cluster', 'listener', 'route', 'endpoint'].map(
        kind => `order-0.wealth ${kind}`,
      ),
    );
    proxyOutOfSync.stop(context);
    expect(all()).toEqual([]);
  });

  it('shows listeners that sidecars refuse', () => {
    const world = startWorld();
    world.effects.xdsRejectsPerSecond = 1;
    const kinds = behind(states(world).flatMap(({ list }) => list));
    expect(kinds.length).toBeGreaterThan(20);
    expect(kinds.every(entry => entry.endsWith(' listener'))).toBe(true);
  });

  it('pushes anew when configuration changes', () => {
    const world = startWorld();
    const first = states(world)[0].list[0];
    world.store.delete(
      'virtualservices.networking.istio.io',
      'wealth',
      'exchange',
    );
    const second = states(world)[0].list[0];
    expect(second.proxy).toBe(first.proxy);
    expect(second.route_sent).not.toBe(first.route_sent);
  });

  it('answers on its own port and pods only', () => {
    const world = startWorld();
    const [pod] = istiods(world);
    const ask = (change: object) =>
      world.simulator.podHttp({
        pod,
        port: 15014,
        method: 'GET',
        path: '/debug/syncz',
        query: new URLSearchParams(),
        ...change,
      });
    expect(ask({ port: 15010 })).toBeUndefined();
    expect(ask({ path: '/debug/nothing' })?.code).toBe(404);
    expect(ask({ method: 'POST' })?.code).toBe(405);
    const [order] = world.store.list('pods', 'wealth');
    expect(ask({ pod: order })).toBeUndefined();
  });
});

describe('metrics of the control plane', () => {
  it('count proxies by the istiod they are connected to', async () => {
    const { sink, run } = startWorld();
    await run(1);
    const connected = (version: string) =>
      sink.find('pilot_xds', { version }).map(({ labels, value }) => ({
        canary: /1-29-1/.test(labels.pod),
        value,
      }));
    expect(connected('1.29.1')).toEqual([
      { canary: true, value: expect.any(Number) },
    ]);
    expect(connected('1.29.1')[0].value).toBeGreaterThan(5);
    expect(connected('1.28.3').map(({ canary }) => canary)).toEqual([
      false,
      false,
    ]);
    expect(
      sink.find('citadel_server_cert_chain_expiry_timestamp'),
    ).toHaveLength(3);
  });

  it('tell releases and certificates of proxies', async () => {
    const { sink, run } = startWorld();
    await run(1);
    const releases = sink.find('istio_build', { component: 'proxy' });
    expect(new Set(releases.map(({ labels }) => labels.tag))).toEqual(
      new Set(['1.28.3', '1.29.1']),
    );
    for (const { value } of sink.find('istio_agent_cert_expiry_seconds')) {
      expect(value).toBeGreaterThan(12 * 3600 - 1);
      expect(value).toBeLessThanOrEqual(24 * 3600);
    }
  });
});
