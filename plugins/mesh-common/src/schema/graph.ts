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
 * callers or callees that telemetry could not identify.
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
  sentBytesPerSecond: z.number().optional(),
  receivedBytesPerSecond: z.number().optional(),
  connectionsPerSecond: z.number().optional(),
  p50Milliseconds: z.number().optional(),
  p95Milliseconds: z.number().optional(),
  p99Milliseconds: z.number().optional(),
  /** Share of the traffic whose connection was mutual TLS, 0..1; absent where no destination reported it. */
  mutualTlsShare: z.number().optional(),
});

/** @public */
export type Traffic = z.infer<typeof trafficSchema>;

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
  /** Hosts that callers asked for, sorted. */
  hosts: z.array(z.string()),
  health: healthSchema,
});

/** @public */
export type GraphEdge = z.infer<typeof graphEdgeSchema>;

/** Answer of `GET /api/mesh/graph`. @public */
export const meshGraphSchema = provenanceSchema.extend({
  cluster: z.string(),
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
