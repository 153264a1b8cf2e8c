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
  /**
   * What the caller's side told of the same call. Times above are then the
   * callee's; the difference was spent between the two.
   */
  client: z
    .object({
      service: z.string(),
      startMilliseconds: z.number().optional(),
      durationMilliseconds: z.number().optional(),
      /** Only those that say something else than the callee's. */
      tags: z.record(z.string(), z.string()),
    })
    .optional(),
  /** True where the reader may not see the service: names and tags are left out. */
  isHidden: z.boolean().optional(),
});

/** @public */
export type Span = z.infer<typeof spanSchema>;

/** What is wrong with a trace as it was told. @public */
export const TRACE_PROBLEMS = [
  /** Spans name a parent that was not told. */
  'missing-parents',
  /** Spans are their own ancestors. */
  'cycles',
  /** The same half of a span was told more than once. */
  'duplicates',
  /** Clocks disagreed; spans were moved into their parents. */
  'clock-skew',
  /** Spans have no start or no duration. */
  'untimed',
  /** Several spans begin the trace. */
  'several-roots',
  /** Spans are of services that the reader may not see. */
  'hidden',
] as const;

/** @public */
export type TraceProblemKind = (typeof TRACE_PROBLEMS)[number];

const traceProblemSchema = z.object({
  kind: z.enum(TRACE_PROBLEMS),
  /** How many spans it is about. */
  spanCount: z.number().int(),
});

/** @public */
export type TraceProblem = z.infer<typeof traceProblemSchema>;

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
  problems: z.array(traceProblemSchema),
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
  remoteService: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,253}$/, 'a name such as app.namespace')
    .optional(),
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
  /** Halves of shared spans joined, clocks corrected. */
  spans: z.array(spanSchema),
  /** What was noticed while joining and correcting. */
  problems: z.array(traceProblemSchema),
  provenance: provenanceSchema,
});

/** @public */
export type TraceResponse = z.infer<typeof traceResponseSchema>;

/** Answer of `GET /api/telemetry/trace-services?cluster=`. @public */
export const traceServicesResponseSchema = z.object({
  services: z.array(z.string()),
  /** Names of spans of the service asked about. */
  spanNames: z.array(z.string()),
  /** Tags that can be completed. */
  tagKeys: z.array(z.string()),
  provenance: provenanceSchema,
});

/** @public */
export type TraceServicesResponse = z.infer<typeof traceServicesResponseSchema>;

/** Answer of `GET /api/telemetry/trace-tags/:key?cluster=`. @public */
export const traceTagValuesResponseSchema = z.object({
  values: z.array(z.string()),
  provenance: provenanceSchema,
});

/** @public */
export type TraceTagValuesResponse = z.infer<
  typeof traceTagValuesResponseSchema
>;

const dependencyLinkSchema = z.object({
  /** `app.namespace` where it is known, otherwise the traces' own name. */
  source: z.string(),
  target: z.string(),
  /** Calls in traces; absent where no trace has any. */
  calls: z.number().int().optional(),
  errors: z.number().int().optional(),
  /** Requests that the mesh counted in the same window; absent where it counted none. */
  requests: z.number().optional(),
  /** Whether the mesh saw the same calls in the same window. */
  seenBy: z.enum(['both', 'traces', 'mesh']),
  /** Likely reason why only one of them saw it. */
  reason: z
    .enum([
      'outside-mesh',
      'not-measured',
      'from-outside',
      'few-requests',
      'no-spans',
    ])
    .optional(),
});

/** One call between two services, as traces and the mesh have it. @public */
export type DependencyLink = z.infer<typeof dependencyLinkSchema>;

/** Answer of `GET /api/telemetry/dependencies`: what traces say of calls, beside the mesh. @public */
export const dependenciesResponseSchema = z.object({
  links: z.array(dependencyLinkSchema),
  provenance: provenanceSchema,
});

/** @public */
export type DependenciesResponse = z.infer<typeof dependenciesResponseSchema>;
