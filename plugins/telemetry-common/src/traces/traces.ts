import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** A span, in the terms of every tracing system. @public */
export const spanSchema = z.object({
  /** 16 lower-case hexadecimal digits. */
  id: z.string(),
  parentId: z.string().optional(),
  service: z.string(),
  name: z.string(),
  kind: z.enum(['client', 'server', 'producer', 'consumer', 'internal']),
  /** Milliseconds since the Unix epoch, with fractions; absent when not told. */
  startMilliseconds: z.number().optional(),
  durationMilliseconds: z.number().optional(),
  isError: z.boolean(),
  tags: z.record(z.string(), z.string()),
  events: z.array(z.object({ atMilliseconds: z.number(), text: z.string() })),
  /** Who the other side was, as far as the span tells. */
  remoteService: z.string().optional(),
});

/** @public */
export type Span = z.infer<typeof spanSchema>;

/** What a list and a scatter show of a trace. @public */
export const traceSummarySchema = z.object({
  /** 32 or 16 lower-case hexadecimal digits. */
  traceId: z.string(),
  startMilliseconds: z.number(),
  durationMilliseconds: z.number(),
  rootService: z.string(),
  rootName: z.string(),
  spanCount: z.number().int(),
  errorCount: z.number().int(),
  /** Spans and time by service, the busiest first. */
  services: z.array(
    z.object({ name: z.string(), spanCount: z.number().int() }),
  ),
  /** Version of the service that was asked about, where spans tell it. */
  version: z.string().optional(),
  /** In words, when spans are missing or go in circles. */
  problem: z.string().optional(),
});

/** @public */
export type TraceSummary = z.infer<typeof traceSummarySchema>;

/** Query of `GET /api/telemetry/traces`. @public */
export const traceQuerySchema = z.object({
  cluster: z.string().min(1),
  namespace: z.string().min(1),
  /** App by its label. */
  app: z.string().min(1),
  version: z.string().optional(),
  spanName: z.string().optional(),
  /** Calls to this service only (`app.namespace`), as an edge of the mesh has it. */
  remoteService: z.string().optional(),
  from: z.string().default('now-15m'),
  to: z.string().default('now'),
  minDurationMilliseconds: z.coerce.number().min(0).optional(),
  maxDurationMilliseconds: z.coerce.number().min(0).optional(),
  /** `key=value`, or `key` alone, joined by ` and `; as Zipkin's annotationQuery. */
  tags: z.string().max(1000).optional(),
  errorsOnly: z
    .enum(['true', 'false'])
    .default('false')
    .transform(text => text === 'true'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** @public */
export type TraceQuery = z.infer<typeof traceQuerySchema>;

/** Answer of `GET /api/telemetry/traces`. @public */
export const tracesResponseSchema = z.object({
  traces: z.array(traceSummarySchema),
  /** True when the store had more than the limit. */
  isCut: z.boolean(),
  provenance: provenanceSchema,
});

/** @public */
export type TracesResponse = z.infer<typeof tracesResponseSchema>;

/** Answer of `GET /api/telemetry/traces/:traceId?cluster=`. @public */
export const traceResponseSchema = z.object({
  traceId: z.string(),
  spans: z.array(spanSchema),
  provenance: provenanceSchema,
});

/** @public */
export type TraceResponse = z.infer<typeof traceResponseSchema>;

/** Answer of `GET /api/telemetry/trace-services?cluster=`. @public */
export const traceServicesResponseSchema = z.object({
  services: z.array(z.string()),
  /** Names of spans of the service asked about. */
  spanNames: z.array(z.string()),
  provenance: provenanceSchema,
});

/** @public */
export type TraceServicesResponse = z.infer<typeof traceServicesResponseSchema>;

/** Answer of `GET /api/telemetry/dependencies`: what traces say of calls, beside the mesh. @public */
export const dependenciesResponseSchema = z.object({
  links: z.array(
    z.object({
      /** `app.namespace` where it is known, otherwise the traces' own name. */
      source: z.string(),
      target: z.string(),
      calls: z.number().int(),
      errors: z.number().int(),
      /** Whether the mesh saw the same calls in the same window. */
      seenBy: z.enum(['both', 'traces', 'mesh']),
    }),
  ),
  provenance: provenanceSchema,
});

/** @public */
export type DependenciesResponse = z.infer<typeof dependenciesResponseSchema>;
