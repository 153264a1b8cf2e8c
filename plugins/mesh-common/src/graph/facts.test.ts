import { deployment, http, OBJECTS } from './__fixtures__/samples';
import { buildGraph } from './buildGraph';
import type { GraphObjects, GraphOptions, GraphSeries } from './types';

function nodeOf(
  name: string,
  objects: GraphObjects,
  options: Partial<GraphOptions> = {},
  series: GraphSeries = { requests: [] },
) {
  const { nodes } = buildGraph({
    clusters: [
      { name: 'kepler', series, objects: { ...OBJECTS, pods: [], ...objects } },
    ],
    options: { graphType: 'workload', namespaces: [], ...options },
  });
  const found = nodes.find(node => node.name === name);
  if (!found) {
    throw new Error(`no node ${name} in ${nodes.map(node => node.name)}`);
  }
  return found;
}

describe('mutual TLS', () => {
  const strict = { namespace: 'wealth', name: 'all', mode: 'strict' as const };
  const root = {
    namespace: 'istio-system',
    name: 'default',
    mode: 'permissive' as const,
  };
  const own = {
    namespace: 'wealth',
    name: 'order-plain',
    selector: { app: 'order' },
    mode: 'disabled' as const,
  };

  it.each([
    [[], { mode: 'permissive', from: 'default' }],
    [
      [root],
      { mode: 'permissive', from: 'PeerAuthentication istio-system/default' },
    ],
    [[root, strict], { mode: 'strict', from: 'PeerAuthentication wealth/all' }],
    [
      [root, strict, own],
      { mode: 'disabled', from: 'PeerAuthentication wealth/order-plain' },
    ],
    [
      [root, { ...strict, mode: undefined }],
      { mode: 'permissive', from: 'PeerAuthentication istio-system/default' },
    ],
  ])('comes from the nearest policy %#', (peerAuthentications, expected) => {
    expect(nodeOf('order', { peerAuthentications }).mutualTls).toEqual(
      expected,
    );
  });

  it('is unknown when policies could not be read', () => {
    expect(nodeOf('order', {}).mutualTls).toBeUndefined();
  });
});

describe('proxies', () => {
  const pods = (more: object) => ({
    pods: [
      {
        namespace: 'wealth',
        workload: 'order',
        pods: 2,
        ready: 2,
        proxies: 2,
        versions: ['1.28.3'],
        revisions: ['stable'],
        ...more,
      },
    ],
  });

  it('tells skew', () => {
    const { proxies, health } = nodeOf(
      'order',
      pods({ versions: ['1.28.3', '1.29.1'] }),
    );
    expect(proxies).toEqual({
      count: 2,
      versions: ['1.28.3', '1.29.1'],
      revisions: ['stable'],
    });
    expect(health.state).toBe('idle');
  });

  it('degrades a workload whose proxies are behind', () => {
    const { health } = nodeOf(
      'order',
      pods({ sync: { connected: 2, synced: 1 } }),
    );
    expect(health).toEqual({
      state: 'degraded',
      reasons: ['1 of 2 proxies have the latest configuration'],
    });
  });

  it('knows pods of what is no Deployment, such as a Rollout', () => {
    const rollout = nodeOf(
      'canary',
      pods({ workload: 'canary', ready: 1 }),
      {},
      { requests: [http('wealth/order -> wealth/canary', 1)] },
    );
    expect(rollout.isDead).toBeUndefined();
    expect(rollout.pods).toEqual({ desired: 2, available: 1 });
    expect(rollout.dataPlane).toBe('sidecar');
  });
});

describe('dead and past', () => {
  const requests = [http('wealth/order -> wealth/gone', 1)];

  it('marks what Kubernetes has neither as workload nor as pods', () => {
    const gone = nodeOf('gone', {}, {}, { requests });
    expect(gone.isDead).toBe(true);
    expect(gone.health).toEqual({
      state: 'unknown',
      reasons: ['Kubernetes no longer has it; its traffic is of before'],
    });
  });

  it('does not when pods could not be listed, or a machine stands behind it', () => {
    expect(
      nodeOf('gone', { pods: undefined }, {}, { requests }).isDead,
    ).toBeUndefined();
    const machine = {
      kind: 'WorkloadEntry',
      namespace: 'wealth',
      name: 'machine',
      hosts: [],
      selector: { app: 'gone' },
    };
    const node = nodeOf('gone', { istio: [machine] }, {}, { requests });
    expect(node.isDead).toBeUndefined();
    expect(node.features).toEqual([
      { name: 'workload-entry', object: 'WorkloadEntry wealth/machine' },
    ]);
  });

  it('marks what is scaled to nothing and asked all the same', () => {
    const workloads = [deployment('wealth/gone', { desired: 0, available: 0 })];
    expect(nodeOf('gone', { workloads }, {}, { requests }).isDead).toBe(true);
    expect(nodeOf('gone', { workloads }).isDead).toBeUndefined();
  });

  it('does not say of a past moment what Kubernetes says now', () => {
    const node = nodeOf('order', {}, { isPast: true }, { requests });
    expect(node.pods).toBeUndefined();
    expect(
      nodeOf('gone', {}, { isPast: true }, { requests }).isDead,
    ).toBeUndefined();
  });
});

describe('Istio objects', () => {
  it('names what routes, breaks and filters traffic to a workload', () => {
    const istio = [
      {
        kind: 'VirtualService',
        namespace: 'wealth',
        name: 'payment',
        hosts: ['payment'],
        effects: [
          {
            host: 'payment',
            name: 'fault-injection' as const,
            summary: 'delays 5 % by 2s',
          },
        ],
      },
      {
        kind: 'EnvoyFilter',
        namespace: 'istio-system',
        name: 'everywhere',
        hosts: [],
        appliesToPods: true,
      },
      {
        kind: 'AuthorizationPolicy',
        namespace: 'wealth',
        name: 'order-only',
        hosts: [],
        selector: { app: 'order' },
        appliesToPods: true,
      },
    ];
    const payment = nodeOf('payment-v1', { istio });
    expect(payment.config).toEqual([
      'EnvoyFilter istio-system/everywhere',
      'VirtualService wealth/payment',
    ]);
    expect(payment.features).toEqual([
      {
        name: 'fault-injection',
        object: 'VirtualService wealth/payment',
        summary: 'delays 5 % by 2s',
      },
    ]);
    expect(nodeOf('order', { istio }).config).toContain(
      'AuthorizationPolicy wealth/order-only',
    );
  });

  it('names every object about the same host', () => {
    const about = (kind: string, name: string) => ({
      kind,
      namespace: 'wealth',
      name,
      hosts: ['payment'],
    });
    const istio = [
      about('VirtualService', 'one'),
      about('VirtualService', 'two'),
      about('DestinationRule', 'rule'),
    ];
    expect(nodeOf('payment-v1', { istio }).config).toEqual([
      'DestinationRule wealth/rule',
      'VirtualService wealth/one',
      'VirtualService wealth/two',
    ]);
  });

  it('gives a gateway the hosts of the Gateways that select it', () => {
    const gateway = nodeOf(
      'ingress',
      {
        workloads: [
          deployment('wealth/ingress', { labels: { istio: 'ingressgateway' } }),
        ],
        istio: [
          {
            kind: 'Gateway',
            namespace: 'loan',
            name: 'shop',
            hosts: ['shop.example'],
            selector: { istio: 'ingressgateway' },
          },
          {
            kind: 'Gateway',
            namespace: 'loan',
            name: 'other',
            hosts: ['other.example'],
            selector: { istio: 'egressgateway' },
          },
        ],
      },
      { namespaces: ['wealth'] },
    );
    expect(gateway.role).toBe('gateway');
    expect(gateway.gatewayHosts).toEqual(['shop.example']);
    expect(gateway.config).toEqual(['Gateway loan/shop']);
  });
});
