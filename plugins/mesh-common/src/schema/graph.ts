import {
  healthSchema,
  provenanceSchema,
} from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** What one node of the graph stands for. @public */
export const graphTypeSchema = z.enum([
  'workload',
  'app',
  'versionedApp',
  'service',
]);

/** @public */
export type GraphType = z.infer<typeof graphTypeSchema>;

/**
 * Kinds of nodes. `external` is a host outside the cluster (a ServiceEntry or
 * an unmatched host), `passthrough` traffic that no rule names, `unknown`
 * callers or callees that telemetry could not identify, `operation` what an
 * aggregating label says was asked for, `hidden` all that the viewer may not
 * see, as one.
 *
 * @public
 */
export const nodeKindSchema = z.enum([
  'workload',
  'app',
  'versionedApp',
  'service',
  'external',
  'passthrough',
  'unknown',
  'operation',
  'hidden',
]);

/** @public */
export type NodeKind = z.infer<typeof nodeKindSchema>;

/** @public */
export const protocolSchema = z.enum(['http', 'grpc', 'tcp']);

/** @public */
export type Protocol = z.infer<typeof protocolSchema>;

/**
 * Requests per second that ended with one code and one set of Envoy response
 * flags. `code` is the HTTP status, the gRPC status for gRPC, or `-` when
 * there was no response.
 *
 * @public
 */
export const responseSchema = z.object({
  protocol: z.enum(['http', 'grpc']),
  code: z.string(),
  flags: z.string(),
  error: z.boolean(),
  requestsPerSecond: z.number(),
});

/** @public */
export type GraphResponse = z.infer<typeof responseSchema>;

/**
 * Traffic over an edge, into a node or out of it. What was not measured is
 * absent: an edge without `requestsPerSecond` carries no HTTP or gRPC.
 *
 * @public
 */
export const trafficSchema = z.object({
  protocols: z.array(protocolSchema),
  requestsPerSecond: z.number().optional(),
  /** Share of requests that failed, 0..1: 5xx, gRPC status other than 0, no response. */
  errorShare: z.number().optional(),
  /** Share of requests answered 4xx, 0..1. */
  clientErrorShare: z.number().optional(),
  responses: z.array(responseSchema),
  /**
   * TCP bytes from the caller to the callee. Istio names its counters from
   * the callee's point of view (istio/istio#32399): these are what the
   * callee's side received.
   */
  sentBytesPerSecond: z.number().optional(),
  /** TCP bytes from the callee back to the caller. */
  receivedBytesPerSecond: z.number().optional(),
  connectionsPerSecond: z.number().optional(),
  /** gRPC messages in streams and calls, from the caller and back to it. */
  sentMessagesPerSecond: z.number().optional(),
  receivedMessagesPerSecond: z.number().optional(),
  /** Bytes of HTTP and gRPC bodies, asked and answered. */
  requestBytesPerSecond: z.number().optional(),
  responseBytesPerSecond: z.number().optional(),
  p50Milliseconds: z.number().optional(),
  p95Milliseconds: z.number().optional(),
  p99Milliseconds: z.number().optional(),
  /**
   * Share of the traffic whose connection was mutual TLS, 0..1: of requests
   * and of TCP bytes, each for itself, and the smaller of both. Absent where
   * no destination reported it.
   */
  mutualTlsShare: z.number().optional(),
});

/** @public */
export type Traffic = z.infer<typeof trafficSchema>;

/**
 * What the proxies can tell of traffic: requests (`l7`), or bytes and
 * connections only (`l4`), as of ambient pods without a waypoint. TCP that a
 * sidecar carries is `l7`: its proxy would have seen requests.
 *
 * @public
 */
export const layerSchema = z.enum(['l7', 'l4']);

/**
 * What Istio configuration does to traffic into a node, by the words that
 * Kiali's badges use.
 *
 * @public
 */
export const featureNameSchema = z.enum([
  'circuit-breaker',
  'fault-injection',
  'mirroring',
  'request-routing',
  'request-timeout',
  'retries',
  'tcp-traffic-shifting',
  'traffic-shifting',
  'virtual-service',
  'workload-entry',
]);

/** @public */
export type FeatureName = z.infer<typeof featureNameSchema>;

/** One such effect, the object it comes from, and what it does in words. @public */
export const featureSchema = z.object({
  name: featureNameSchema,
  /** `Kind namespace/name` */
  object: z.string(),
  summary: z.string().optional(),
});

/** @public */
export type Feature = z.infer<typeof featureSchema>;

/** Requests by what an aggregating label, such as `request_operation`, says. @public */
export const operationSchema = z.object({
  name: z.string(),
  requestsPerSecond: z.number(),
  errorShare: z.number(),
});

/** @public */
export type Operation = z.infer<typeof operationSchema>;

/** @public */
export const graphNodeSchema = z.object({
  id: z.string(),
  kind: nodeKindSchema,
  cluster: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  app: z.string().optional(),
  version: z.string().optional(),
  /** Versions seen below this node, sorted. */
  versions: z.array(z.string()),
  /** Kubernetes kind of the workload, where one was found. */
  workloadKind: z.string().optional(),
  /** Role that decides the node's icon. */
  role: z.enum(['gateway', 'waypoint', 'store', 'service']).optional(),
  /** How it takes part in the mesh; `unknown` when Kubernetes could not be asked. */
  dataPlane: z.enum(['sidecar', 'ambient', 'none', 'unknown']),
  /** What is measured of its traffic; absent where nothing is. */
  layer: layerSchema.optional(),
  /** Traffic goes to it though Kubernetes has no such workload, or none of its pods. */
  isDead: z.boolean().optional(),
  /** Revision of the control plane that its pods are to join. */
  revision: z.string().optional(),
  /** Proxies of its pods; absent when pods could not be listed or have none. */
  proxies: z
    .object({
      count: z.number().int(),
      /** Versions of Istio that they run, sorted: more than one is skew. */
      versions: z.array(z.string()),
      /** Revisions that injected them, sorted. */
      revisions: z.array(z.string()),
      /** Those that the control plane is connected to; absent when it could not be asked. */
      connected: z.number().int().optional(),
      /** Those that have acknowledged all that was sent to them. */
      synced: z.number().int().optional(),
    })
    .optional(),
  /** Waypoint that requests to it go through, `namespace/name`. */
  waypoint: z.string().optional(),
  /** Hosts that its ServiceEntry names, where it stands for one; patterns may start with `*`. */
  hosts: z.array(z.string()).optional(),
  /** What its pods accept, and the PeerAuthentication that says so, or `default`. */
  mutualTls: z
    .object({
      mode: z.enum(['strict', 'permissive', 'disabled']),
      from: z.string(),
    })
    .optional(),
  /** Effects of Istio configuration on traffic to it. */
  features: z.array(featureSchema).optional(),
  /** Hosts that a gateway serves, sorted. */
  gatewayHosts: z.array(z.string()).optional(),
  /** Labels of its pods, as the workload's template has them. */
  labels: z.record(z.string(), z.string()).optional(),
  /** What was asked of it, most first; only when asked for and labelled. */
  operations: z.array(operationSchema).optional(),
  /** Pods as Kubernetes counts them; absent when it could not be asked. */
  pods: z
    .object({
      desired: z.number().int(),
      available: z.number().int(),
    })
    .optional(),
  /** Kubernetes Services that lead to it, sorted. */
  services: z.array(z.string()),
  /** Istio objects that touch it as `Kind namespace/name`, sorted. */
  config: z.array(z.string()),
  inbound: trafficSchema,
  outbound: trafficSchema,
  health: healthSchema,
});

/** @public */
export type GraphNode = z.infer<typeof graphNodeSchema>;

/** @public */
export const graphEdgeSchema = z.object({
  /** `<source id>><target id>` */
  id: z.string(),
  source: z.string(),
  target: z.string(),
  traffic: trafficSchema,
  /** Which proxy's report the figures are taken from. */
  reporter: z.enum(['source', 'destination', 'waypoint']),
  /** Requests per second by reporter: their difference is a finding of its own. */
  reported: z.object({
    source: z.number().optional(),
    destination: z.number().optional(),
    waypoint: z.number().optional(),
  }),
  /**
   * How far source and destination are apart, as a share of the larger, 0..1;
   * absent where only one of them reported requests.
   */
  disagreement: z.number().optional(),
  /** Hosts that callers asked for, sorted. */
  hosts: z.array(z.string()),
  layer: layerSchema.optional(),
  /** Identities of both ends, sorted; only when asked for and reported. */
  principals: z
    .object({ source: z.array(z.string()), destination: z.array(z.string()) })
    .optional(),
  /** What was asked for over it, most first; only when asked for and labelled. */
  operations: z.array(operationSchema).optional(),
  health: healthSchema,
});

/** @public */
export type GraphEdge = z.infer<typeof graphEdgeSchema>;

/** Answer of `GET /api/mesh/graph`. @public */
export const meshGraphSchema = provenanceSchema.extend({
  /** The cluster asked for, else the first of `clusters`. */
  cluster: z.string(),
  /** Clusters that the graph is of; absent means `cluster` alone. */
  clusters: z.array(z.string()).optional(),
  graphType: graphTypeSchema,
  /** Namespaces asked for; none mean all. */
  namespaces: z.array(z.string()),
  /** Length of the window in seconds. */
  window: z.number(),
  /** End of the window, RFC 3339. */
  at: z.string(),
  nodes: z.array(graphNodeSchema),
  edges: z.array(graphEdgeSchema),
});

/** @public */
export type MeshGraph = z.infer<typeof meshGraphSchema>;
