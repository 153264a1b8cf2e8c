import type {
  GraphEdge,
  GraphNode,
  MeshGraph,
  Traffic,
} from '../../schema/graph';

const SILENCE: Traffic = { protocols: [], responses: [] };

/** A node of cluster `kepler`, `wealth/order` or, outside of namespaces, `/api.example.com`. */
export function node(
  path: string,
  overrides: Partial<GraphNode> = {},
): GraphNode {
  const [namespace, name] = path.split('/');
  return {
    id: path,
    kind: 'workload',
    cluster: 'kepler',
    namespace: namespace || undefined,
    name,
    app: name,
    versions: [],
    dataPlane: 'sidecar',
    services: [],
    config: [],
    inbound: SILENCE,
    outbound: SILENCE,
    health: { state: 'healthy', reasons: [] },
    ...overrides,
  };
}

/** An edge `a>b` between nodes by their ids. */
export function edge(
  id: string,
  traffic: Partial<Traffic> = {},
  overrides: Partial<GraphEdge> = {},
): GraphEdge {
  const [source, target] = id.split('>');
  return {
    id,
    source,
    target,
    traffic: { ...SILENCE, ...traffic },
    reporter: 'source',
    reported: {},
    hosts: [],
    health: { state: 'healthy', reasons: [] },
    ...overrides,
  };
}

export function graphOf(
  nodes: GraphNode[],
  edges: GraphEdge[],
  overrides: Partial<MeshGraph> = {},
): MeshGraph {
  return {
    cluster: 'kepler',
    graphType: 'workload',
    namespaces: [],
    window: 60,
    at: '2026-01-01T00:00:00Z',
    sources: [],
    warnings: [],
    nodes,
    edges,
    ...overrides,
  };
}

const HTTP_503 = {
  protocol: 'http',
  code: '503',
  flags: 'UF,URX',
  error: true,
} as const;
const HTTP_200 = {
  protocol: 'http',
  code: '200',
  flags: '-',
  error: false,
} as const;
const GRPC_OK = {
  protocol: 'grpc',
  code: '0',
  flags: '-',
  error: false,
} as const;
const GRPC_BAD = {
  protocol: 'grpc',
  code: '14',
  flags: '-',
  error: true,
} as const;

/**
 * gateway > web > order > payment (v1, v2) > mysql, order > bank (outside),
 * and batch, which nobody calls and that calls nobody.
 */
export const SHOP: MeshGraph = graphOf(
  [
    node('edge/gateway', {
      role: 'gateway',
      gatewayHosts: ['shop.example.com'],
      outbound: { ...SILENCE, protocols: ['http'], requestsPerSecond: 40 },
    }),
    node('shop/web', {
      version: 'v1',
      versions: ['v1'],
      services: ['web'],
      labels: { region: 'east', 'app.kubernetes.io/part-of': 'shop' },
      inbound: { ...SILENCE, protocols: ['http'], requestsPerSecond: 40 },
      outbound: { ...SILENCE, protocols: ['http'], requestsPerSecond: 100 },
      features: [
        { name: 'fault-injection', object: 'VirtualService shop/web' },
        { name: 'request-routing', object: 'VirtualService shop/web' },
      ],
      config: ['VirtualService shop/web'],
      pods: { desired: 2, available: 2 },
      revision: 'stable',
      workloadKind: 'Deployment',
      mutualTls: { mode: 'strict', from: 'default' },
      layer: 'l7',
    }),
    node('shop/order', {
      version: 'v1',
      versions: ['v1'],
      services: ['order'],
      labels: { region: 'west' },
      operations: [
        { name: '/api/orders', requestsPerSecond: 90, errorShare: 0 },
      ],
      inbound: {
        ...SILENCE,
        protocols: ['http', 'grpc'],
        requestsPerSecond: 100,
        errorShare: 0.06,
        clientErrorShare: 0.3,
        p95Milliseconds: 800,
        responses: [
          { ...HTTP_503, requestsPerSecond: 6 },
          { ...HTTP_200, requestsPerSecond: 74 },
          { ...GRPC_OK, requestsPerSecond: 20 },
        ],
      },
      health: { state: 'degraded', reasons: ['6 % of requests fail'] },
      pods: { desired: 3, available: 1 },
    }),
    node('wealth/payment-v1', {
      app: 'payment',
      version: 'v1',
      services: ['payment'],
      features: [
        { name: 'circuit-breaker', object: 'DestinationRule wealth/payment' },
        { name: 'traffic-shifting', object: 'VirtualService wealth/payment' },
      ],
      labels: {},
    }),
    node('wealth/payment-v2', {
      app: 'payment',
      version: 'v2',
      services: ['payment'],
      health: { state: 'failing', reasons: ['half of requests fail'] },
      isDead: true,
    }),
    node('wealth/mysql', {
      role: 'store',
      dataPlane: 'none',
      workloadKind: 'StatefulSet',
      inbound: { ...SILENCE, protocols: ['tcp'], sentBytesPerSecond: 3e6 },
      health: { state: 'unknown', reasons: ['no telemetry'] },
    }),
    node('wealth/batch', {
      dataPlane: 'ambient',
      layer: 'l4',
      health: { state: 'idle', reasons: [] },
    }),
    node('/bank.example.com', {
      kind: 'external',
      app: undefined,
      dataPlane: 'none',
      config: ['ServiceEntry shop/bank'],
    }),
  ],
  [
    edge('edge/gateway>shop/web', {
      protocols: ['http'],
      requestsPerSecond: 40,
      p95Milliseconds: 120,
      mutualTlsShare: 1,
    }),
    edge(
      'shop/web>shop/order',
      {
        protocols: ['http', 'grpc'],
        requestsPerSecond: 100,
        errorShare: 0.06,
        p95Milliseconds: 800,
        mutualTlsShare: 0.9,
        requestBytesPerSecond: 2e6,
        responses: [
          { ...HTTP_503, requestsPerSecond: 6 },
          { ...HTTP_200, requestsPerSecond: 74 },
          { ...GRPC_OK, requestsPerSecond: 20 },
        ],
      },
      {
        hosts: ['order.shop'],
        principals: {
          source: ['spiffe://mesh/ns/shop/sa/web'],
          destination: ['spiffe://mesh/ns/shop/sa/order'],
        },
        disagreement: 0.1,
      },
    ),
    edge(
      'shop/order>wealth/payment-v1',
      {
        protocols: ['grpc'],
        requestsPerSecond: 60,
        p95Milliseconds: 90,
        mutualTlsShare: 1,
        responses: [
          { ...GRPC_OK, requestsPerSecond: 57 },
          { ...GRPC_BAD, requestsPerSecond: 3 },
        ],
      },
      { reporter: 'waypoint' },
    ),
    edge(
      'shop/order>wealth/payment-v2',
      { protocols: ['grpc'], requestsPerSecond: 6, errorShare: 0.5 },
      { health: { state: 'failing', reasons: ['half of requests fail'] } },
    ),
    edge(
      'wealth/payment-v1>wealth/mysql',
      {
        protocols: ['tcp'],
        sentBytesPerSecond: 3e6,
        receivedBytesPerSecond: 1e6,
        mutualTlsShare: 0,
      },
      { layer: 'l4' },
    ),
    edge('shop/order>/bank.example.com'),
  ],
  { namespaces: ['shop', 'wealth'] },
);
