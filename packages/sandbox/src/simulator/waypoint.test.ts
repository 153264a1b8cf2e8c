import { setReady, startWorld } from './testing';

const REQUESTS = 'istio_requests_total';
const SENT = 'istio_tcp_sent_bytes_total';

/** Who says that whom called whom, of the flows to a service. */
function reports(
  { sink }: ReturnType<typeof startWorld>,
  name: string,
  service: string,
) {
  const host = `${service}.insight.svc.cluster.local`;
  return sink
    .find(name, { destination_service: host })
    .map(
      ({ labels }) =>
        `${labels.reporter} ${labels.app}: ${labels.source_workload} > ${labels.destination_workload}`,
    )
    .sort();
}

describe('ambient flows over a waypoint', () => {
  it('are reported by everyone on the way, each as far as it sees', async () => {
    const world = startWorld();
    await world.run(60);
    expect(reports(world, REQUESTS, 'recommend')).toEqual([
      'source portal-bff: portal-bff > waypoint',
      'waypoint waypoint: digest > recommend',
      'waypoint waypoint: portal-bff > recommend',
    ]);
    expect(reports(world, SENT, 'recommend')).toEqual([
      'destination ztunnel: waypoint > recommend',
      'source ztunnel: digest > waypoint',
    ]);
  });

  it('carry both identities, and no policy at the waypoint', async () => {
    const { sink, run } = startWorld();
    await run(60);
    const [digest] = sink.find(REQUESTS, {
      reporter: 'waypoint',
      source_workload: 'digest',
    });
    expect(digest.labels).toMatchObject({
      job: 'envoy-stats',
      namespace: 'insight',
      app: 'waypoint',
      source_principal: 'spiffe://cluster.local/ns/insight/sa/digest',
      destination_principal: 'spiffe://cluster.local/ns/insight/sa/recommend',
      connection_security_policy: 'unknown',
      request_protocol: 'http',
    });
    const [tunnel] = sink.find(SENT, {
      reporter: 'destination',
      destination_workload: 'recommend',
    });
    expect(tunnel.labels).toMatchObject({
      job: 'ztunnel',
      namespace: 'istio-system',
      source_principal: 'spiffe://cluster.local/ns/insight/sa/waypoint',
      connection_security_policy: 'mutual_tls',
      request_protocol: 'tcp',
    });
  });

  it('without a waypoint are layer 4 only, gateways past it too', async () => {
    const world = startWorld();
    await world.run(60);
    expect(reports(world, REQUESTS, 'ranking')).toEqual([]);
    expect(reports(world, SENT, 'ranking')).toEqual([
      'destination ztunnel: recommend > ranking',
      'source ztunnel: recommend > ranking',
    ]);
    expect(reports(world, REQUESTS, 'digest')).toEqual([
      'source istio-ingressgateway: istio-ingressgateway > digest',
    ]);
    expect(reports(world, SENT, 'digest')).toEqual([
      'destination ztunnel: istio-ingressgateway > digest',
    ]);
  });

  it('go over the waypoint from the gateway when the service asks for it', async () => {
    const world = startWorld();
    const service = world.store.get('services', 'insight', 'digest');
    if (!service) throw new Error('there is no service digest');
    world.store.put('services', {
      ...service,
      metadata: {
        ...service.metadata,
        labels: {
          ...service.metadata.labels,
          'istio.io/use-waypoint': 'waypoint',
          'istio.io/ingress-use-waypoint': 'true',
        },
      },
    });
    const toDigest = {
      destination_service: 'digest.insight.svc.cluster.local',
      reporter: 'waypoint',
    };
    const [requests] = await world.increase(30, REQUESTS, toDigest);
    expect(requests).toBeGreaterThan(100);
  });

  it('follow the routes of the waypoint', async () => {
    const world = startWorld();
    world.store.put('services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'recommend-next', namespace: 'insight' },
      spec: { selector: { app: 'ranking' }, ports: [{ port: 8080 }] },
    });
    world.store.put('httproutes.gateway.networking.k8s.io', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'recommend', namespace: 'insight' },
      spec: {
        parentRefs: [{ kind: 'Service', group: '', name: 'recommend' }],
        rules: [
          {
            backendRefs: [
              { name: 'recommend', port: 8080, weight: 3 },
              { name: 'recommend-next', port: 8080, weight: 1 },
            ],
          },
        ],
      },
    });
    const fromDigest = { reporter: 'waypoint', source_workload: 'digest' };
    const [stayed, moved, direct] = await world.increase(
      120,
      REQUESTS,
      { ...fromDigest, destination_workload: 'recommend' },
      { ...fromDigest, destination_workload: 'ranking' },
      { source_workload: 'digest', reporter: 'source' },
    );
    expect(moved / (stayed + moved)).toBeCloseTo(0.25, 1);
    expect(direct).toBe(0);
    expect(reports(world, SENT, 'recommend-next')).toEqual([
      'destination ztunnel: waypoint > ranking',
    ]);
  });

  it('fail when the waypoint has no ready pod', async () => {
    const world = startWorld();
    await world.run(20);
    setReady(world.store, 'waypoint', false);
    const flow = {
      source_workload: 'portal-bff',
      destination_service: 'recommend.insight.svc.cluster.local',
    };
    const [all, unavailable] = await world.increase(30, REQUESTS, flow, {
      ...flow,
      response_code: '503',
      response_flags: 'UH',
    });
    expect(unavailable).toBeGreaterThan(100);
    expect(unavailable).toBe(all);
  });
});
