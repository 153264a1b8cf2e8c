import { deployment, http, OBJECTS, sample } from './__fixtures__/samples';
import { buildGraph } from './buildGraph';
import type { GraphObjects, GraphOptions, GraphSeries } from './types';

const ORDER = 'kepler/wealth/Deployment/order';
const PAYMENT_2 = 'kepler/wealth/Deployment/payment-v2';

function build(
  series: GraphSeries,
  options: Partial<GraphOptions> = {},
  objects: GraphObjects = OBJECTS,
) {
  const graph = buildGraph({
    clusters: [{ name: 'kepler', series, objects }],
    options: {
      graphType: 'workload',
      namespaces: [],
      ...options,
    },
  });
  const edge = (source: string, target: string) => {
    const found = graph.edges.find(({ id }) => id === `${source}>${target}`);
    if (!found) {
      throw new Error(`no edge ${source}>${target}`);
    }
    return found;
  };
  const node = (id: string) => {
    const found = graph.nodes.find(candidate => candidate.id === id);
    if (!found) {
      throw new Error(`no node ${id}`);
    }
    return found;
  };
  return { ...graph, edge, node };
}

describe('rates', () => {
  it('takes one reporter’s word, even when the other names another host', () => {
    const { edge } = build({
      requests: [
        http('wealth/order -> wealth/payment-v2', 10),
        http('wealth/order -> wealth/payment-v2', 9.8, {
          reporter: 'destination',
          destination_service: 'payment-v2.wealth.svc.cluster.local',
          connection_security_policy: 'mutual_tls',
        }),
      ],
    });
    const { traffic, reported, reporter, hosts } = edge(ORDER, PAYMENT_2);
    expect(traffic.requestsPerSecond).toBe(10);
    expect(traffic.mutualTlsShare).toBe(1);
    expect(reported).toEqual({ source: 10, destination: 9.8 });
    expect(reporter).toBe('source');
    expect(hosts).toEqual(['payment.wealth.svc.cluster.local']);
  });

  it('keeps what only one side can see', () => {
    const { edge } = build({
      requests: [
        http('unknown -> wealth/order', 5, { reporter: 'destination' }),
        http('wealth/order -> unknown', 1, {
          destination_service: 'payment.wealth.svc.cluster.local',
          destination_service_name: 'payment',
          destination_service_namespace: 'wealth',
          response_code: '503',
          response_flags: 'UH',
        }),
      ],
    });
    expect(
      edge('kepler/-/unknown/unknown', ORDER).traffic.requestsPerSecond,
    ).toBe(5);
    const failed = edge(ORDER, 'kepler/wealth/service/payment');
    expect(failed.traffic.errorShare).toBe(1);
    expect(failed.health).toEqual({
      state: 'failing',
      reasons: ['100.0 % of requests answer 5xx (503 UH; failing from 10 %)'],
    });
  });

  it('counts ztunnel’s bytes only where no proxy counted requests', () => {
    const ztunnel = {
      app: 'ztunnel',
      connection_security_policy: 'mutual_tls',
    };
    const { edge } = build({
      requests: [
        http('platform/notify -> platform/audit', 4, { reporter: 'waypoint' }),
      ],
      tcpSent: [
        sample('platform/notify -> platform/audit', 900, ztunnel),
        sample('wealth/order -> platform/notify', 700, ztunnel),
        sample('wealth/order -> platform/notify', 690, {
          ...ztunnel,
          reporter: 'destination',
        }),
      ],
    });
    const layer7 = edge(
      'kepler/platform/Workload/notify',
      'kepler/platform/Workload/audit',
    );
    expect(layer7.traffic.protocols).toEqual(['http']);
    expect(layer7.traffic.receivedBytesPerSecond).toBeUndefined();
    expect(layer7.traffic.mutualTlsShare).toBe(1);
    const layer4 = edge(ORDER, 'kepler/platform/Workload/notify');
    expect(layer4.traffic).toMatchObject({
      protocols: ['tcp'],
      receivedBytesPerSecond: 700,
      requestsPerSecond: undefined,
      errorShare: undefined,
    });
  });

  it('ignores rates that cannot be', () => {
    const { edges } = build({
      requests: [
        http('wealth/order -> wealth/payment-v2', Number.NaN),
        http('wealth/order -> wealth/payment-v2', -3),
        http('wealth/order -> wealth/payment-v2', Infinity),
      ],
    });
    expect(edges).toEqual([]);
  });

  it('reads gRPC by its own status and tells codes and flags apart', () => {
    const grpc = { request_protocol: 'grpc', grpc_response_status: '0' };
    const { edge } = build({
      requests: [
        http('wealth/order -> wealth/payment-v2', 8, grpc),
        http('wealth/order -> wealth/payment-v2', 2, {
          ...grpc,
          grpc_response_status: '14',
          response_flags: 'URX',
        }),
        http('wealth/order -> wealth/payment-v2', 10, {
          response_code: '0',
          response_flags: 'DC',
        }),
      ],
    });
    const { traffic } = edge(ORDER, PAYMENT_2);
    expect(traffic.protocols).toEqual(['grpc', 'http']);
    expect(traffic.errorShare).toBeCloseTo(0.6);
    expect(traffic.responses).toContainEqual({
      protocol: 'grpc',
      code: '14',
      flags: 'URX',
      error: true,
      requestsPerSecond: 2,
    });
    expect(traffic.responses).toContainEqual({
      protocol: 'http',
      code: '-',
      flags: 'DC',
      error: true,
      requestsPerSecond: 10,
    });
  });
});

describe('graph types', () => {
  const durations = (target: string, pairs: [string, number][]) =>
    pairs.map(([le, value]) =>
      sample(`wealth/order -> wealth/${target}`, value, { le }),
    );
  const series: GraphSeries = {
    requests: [
      http('wealth/order -> wealth/payment-v1', 30),
      http('wealth/order -> wealth/payment-v2', 8),
      http('wealth/order -> wealth/payment-v2', 2, { response_code: '503' }),
    ],
    durations: [
      ...durations('payment-v1', [
        ['10', 30],
        ['25', 30],
        ['1000', 30],
        ['+Inf', 30],
      ]),
      ...durations('payment-v2', [
        ['1000', 10],
        ['+Inf', 10],
      ]),
    ],
  };

  it('merges versions into the app: rates, codes and true percentiles', () => {
    const { edge, node } = build(series, { graphType: 'app' });
    const { traffic } = edge(
      'kepler/wealth/app/order',
      'kepler/wealth/app/payment',
    );
    expect(traffic.requestsPerSecond).toBe(40);
    expect(traffic.errorShare).toBeCloseTo(0.05);
    // Rank 20 of 40 lies in the first bucket; rank 38 in (25, 1000].
    expect(traffic.p50Milliseconds).toBeCloseTo(10 * (20 / 30));
    expect(traffic.p95Milliseconds).toBeCloseTo(25 + 975 * 0.8);
    expect(node('kepler/wealth/app/payment')).toMatchObject({
      kind: 'app',
      versions: ['v1', 'v2'],
      pods: { desired: 4, available: 4 },
    });
  });

  it('reads buckets in any order', () => {
    const backwards = {
      ...series,
      durations: [...(series.durations ?? [])].reverse(),
    };
    const p95 = (from: GraphSeries) =>
      build(from, { graphType: 'app' }).edge(
        'kepler/wealth/app/order',
        'kepler/wealth/app/payment',
      ).traffic.p95Milliseconds;
    expect(p95(backwards)).toBe(p95(series));
  });

  it('splits the app by version', () => {
    const { edge } = build(series, { graphType: 'versionedApp' });
    expect(
      edge('kepler/wealth/app/order', 'kepler/wealth/app/payment@v2').traffic,
    ).toMatchObject({ requestsPerSecond: 10, errorShare: 0.2 });
  });

  it('condenses workloads into the services before them', () => {
    const { nodes, edge } = build(series, { graphType: 'service' });
    expect(nodes.map(({ id }) => id)).toEqual([
      'kepler/wealth/service/order',
      'kepler/wealth/service/payment',
      'kepler/wealth/service/report',
    ]);
    expect(
      edge('kepler/wealth/service/order', 'kepler/wealth/service/payment')
        .traffic.requestsPerSecond,
    ).toBe(40);
  });
});

describe('nodes', () => {
  it('knows idle, scaled down, broken and outside workloads', () => {
    const { node } = build(
      { requests: [] },
      {},
      {
        ...OBJECTS,
        workloads: [
          deployment('wealth/report'),
          deployment('wealth/order', { desired: 0, available: 0 }),
          deployment('wealth/payment-v1', { available: 1 }),
          deployment('wealth/payment-v2', { available: 0 }),
          deployment('wealth/archive', { dataPlane: 'none' }),
        ],
      },
    );
    const health = (name: string) =>
      node(`kepler/wealth/Deployment/${name}`).health;
    expect(health('report').state).toBe('idle');
    expect(health('order')).toEqual({
      state: 'idle',
      reasons: ['Scaled to 0 pods'],
    });
    expect(health('payment-v1')).toEqual({
      state: 'degraded',
      reasons: ['1 of 2 pods available'],
    });
    expect(health('payment-v2').state).toBe('failing');
    expect(health('archive').state).toBe('unknown');
  });

  it('says unknown, not healthy, when telemetry could not be read', () => {
    const { node } = build({});
    expect(node(ORDER).health).toEqual({
      state: 'unknown',
      reasons: ['Traffic could not be read'],
    });
  });

  it('shows what telemetry knows when Kubernetes could not be asked', () => {
    const { node } = build(
      { requests: [http('wealth/order -> wealth/payment-v2', 1)] },
      {},
      {},
    );
    expect(node('kepler/wealth/Workload/payment-v2')).toMatchObject({
      dataPlane: 'unknown',
      pods: undefined,
      version: 'v2',
      health: { state: 'healthy', reasons: [] },
    });
  });

  it('folds hosts of a ServiceEntry into one node and keeps passthrough apart', () => {
    const outside = (host: string, name = host) => ({
      destination_service: host,
      destination_service_name: name,
      destination_service_namespace: 'wealth',
    });
    const { nodes, edge } = build({
      requests: [
        http('wealth/order -> unknown', 1, outside('api.bank.example')),
        http('wealth/order -> unknown', 2, outside('pay.bank.example')),
        http('wealth/order -> unknown', 3, {
          destination_service: '1.2.3.4',
          destination_service_name: 'PassthroughCluster',
          destination_service_namespace: 'unknown',
        }),
      ],
    });
    expect(
      nodes.filter(({ kind }) => kind === 'external').map(({ name }) => name),
    ).toEqual(['*.bank.example']);
    const bank = edge(ORDER, 'kepler/wealth/external/*.bank.example');
    expect(bank.traffic.requestsPerSecond).toBe(3);
    expect(bank.hosts).toEqual(['api.bank.example', 'pay.bank.example']);
    expect(
      edge(ORDER, 'kepler/-/passthrough/PassthroughCluster').traffic
        .requestsPerSecond,
    ).toBe(3);
  });

  it('names the config that touches a workload’s service', () => {
    expect(build({ requests: [] }).node(PAYMENT_2)).toMatchObject({
      services: ['payment'],
      config: ['VirtualService wealth/payment'],
    });
  });

  it('keeps unknown callers apart from requests that no route took', () => {
    const { edges, node } = build({
      requests: [
        http('unknown -> wealth/order', 5, { reporter: 'destination' }),
        http('wealth/order -> unknown', 1, {
          response_code: '404',
          response_flags: 'NR',
        }),
      ],
    });
    expect(edges.map(({ id }) => id).sort()).toEqual([
      `kepler/-/unknown/unknown>${ORDER}`,
      `${ORDER}>kepler/-/unknown/unrouted`,
    ]);
    expect(node('kepler/-/unknown/unrouted').health.state).toBe('unknown');
  });

  it('keeps neighbours of the namespaces asked for, and nothing else', () => {
    const { nodes, edges } = build(
      {
        requests: [
          http('wealth/order -> loan/scoring', 1),
          http('loan/scoring -> loan/contract', 1),
        ],
      },
      { namespaces: ['wealth'] },
    );
    expect(edges).toHaveLength(1);
    expect(nodes.map(({ name }) => name)).toContain('scoring');
    expect(nodes.map(({ name }) => name)).not.toContain('contract');
  });
});
