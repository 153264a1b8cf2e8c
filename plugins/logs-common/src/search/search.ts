import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { logLevelSchema, logLineSchema } from '../lines';

/** What is asked at most, so that no question can harm a store or a browser. @public */
export const LOGS_LIMITS = {
  /** Lines of one answer. */
  lines: 1000,
  /** Characters of a message that are sent; the rest is counted. */
  messageCharacters: 16_384,
  /** Characters of a query. */
  queryCharacters: 4000,
  /** Buckets of a histogram. */
  buckets: 240,
  /** Top values of a field. */
  values: 50,
  /** Lines before and after one. */
  contextLines: 200,
  /** Lines of one download. */
  downloadLines: 500_000,
} as const;

/** How the text of a query is read. @public */
export const logQueryLanguageSchema = z.enum(['kql', 'lucene']);

/** @public */
export type LogQueryLanguage = z.infer<typeof logQueryLanguageSchema>;

const list = z
  .string()
  .transform(text => text.split(',').filter(part => part !== ''));

/**
 * What is looked for, as the query string of every read of a store has it.
 * Names of indexes are never among it: they come from configuration.
 *
 * @public
 */
export const logQuerySchema = z.object({
  cluster: z.string().min(1),
  /** Separated by commas; none mean all that the caller may read. */
  namespaces: list.default([]),
  /** App of one namespace, as its label names it; needs one namespace. */
  app: z.string().optional(),
  /** Version label of the app. */
  version: z.string().optional(),
  pod: z.string().optional(),
  container: z.string().optional(),
  traceId: z
    .string()
    .regex(/^([0-9a-f]{16}|[0-9a-f]{32})$/, '16 or 32 hexadecimal digits')
    .optional(),
  /** `now-15m` or RFC 3339. */
  from: z.string().default('now-15m'),
  to: z.string().default('now'),
  query: z.string().max(LOGS_LIMITS.queryCharacters).default(''),
  language: logQueryLanguageSchema.default('kql'),
  /** Separated by commas; none mean all. */
  levels: list.pipe(z.array(logLevelSchema)).default([]),
});

/** @public */
export type LogQuery = z.infer<typeof logQuerySchema>;

/** Answer of `GET /api/logs/search`, the newest first. @public */
export const logSearchResponseSchema = z.object({
  lines: z.array(logLineSchema),
  /** How many match; `atLeast` where the store stopped counting. */
  total: z
    .object({ value: z.number().int(), relation: z.enum(['exact', 'atLeast']) })
    .optional(),
  /** For the next, older lines; absent when there are none. Opaque and signed. */
  cursor: z.string().optional(),
  /** Milliseconds that the store says it took. */
  tookMilliseconds: z.number().optional(),
  provenance: provenanceSchema,
});

/** @public */
export type LogSearchResponse = z.infer<typeof logSearchResponseSchema>;

const logBucketsSchema = z.array(
  z.object({
    atMilliseconds: z.number(),
    total: z.number().int(),
    /** By level; what has no level is `unknown`. */
    levels: z.partialRecord(logLevelSchema, z.number().int()),
  }),
);

/** Answer of `GET /api/logs/histogram`. @public */
export const logHistogramResponseSchema = z.object({
  intervalMilliseconds: z.number().int().positive(),
  fromMilliseconds: z.number(),
  toMilliseconds: z.number(),
  buckets: logBucketsSchema,
  /**
   * With `compare=previous`: the period of the same length before, each bucket
   * at its own time.
   */
  previous: logBucketsSchema.optional(),
  provenance: provenanceSchema,
});

/** @public */
export type LogHistogramResponse = z.infer<typeof logHistogramResponseSchema>;

const logFieldSchema = z.object({
  name: z.string(),
  /** The store's types; several where indexes disagree. */
  types: z.array(z.string()),
  isSearchable: z.boolean(),
  /** Whether top values can be counted. */
  isAggregatable: z.boolean(),
  /** In words, when indexes disagree about the type or it is an object. */
  problem: z.string().optional(),
});

/** @public */
export type LogField = z.infer<typeof logFieldSchema>;

/** Answer of `GET /api/logs/fields`. @public */
export const logFieldsResponseSchema = z.object({
  fields: z.array(logFieldSchema),
  provenance: provenanceSchema,
});

/** @public */
export type LogFieldsResponse = z.infer<typeof logFieldsResponseSchema>;

/** Answer of `GET /api/logs/values?field=`. @public */
export const logFieldValuesResponseSchema = z.object({
  field: z.string(),
  values: z.array(z.object({ value: z.string(), count: z.number().int() })),
  /** Lines with other values. */
  others: z.number().int(),
  /** Lines that were looked at; fewer than match where the store sampled. */
  examined: z.number().int().optional(),
  provenance: provenanceSchema,
});

/** @public */
export type LogFieldValuesResponse = z.infer<
  typeof logFieldValuesResponseSchema
>;

/** Answer of `GET /api/logs/context?id=&before=&after=`: lines of the same container, the oldest first. @public */
export const logContextResponseSchema = z.object({
  before: z.array(logLineSchema),
  line: logLineSchema,
  after: z.array(logLineSchema),
  provenance: provenanceSchema,
});

/** @public */
export type LogContextResponse = z.infer<typeof logContextResponseSchema>;

/** Answer of `GET /api/logs/link`. @public */
export const logLinkResponseSchema = z.object({
  /** Kibana's Discover with the same filter and range; absent where none is configured. */
  kibana: z.string().optional(),
});

/** @public */
export type LogLinkResponse = z.infer<typeof logLinkResponseSchema>;

/** Answer of `GET /api/logs/stores`: the stores that are configured. @public */
export const logStoresResponseSchema = z.object({
  stores: z.array(
    z.object({
      cluster: z.string(),
      /** `Elasticsearch 8.15.0`; absent while it cannot be reached. */
      product: z.string().optional(),
      /** The oldest line that is kept, RFC 3339; absent when not known. */
      oldestAt: z.string().optional(),
      hasKibana: z.boolean(),
      /** Field of each thing that lines tell, as configured or detected. */
      fieldMap: z.record(z.string(), z.string()),
    }),
  ),
  provenance: provenanceSchema,
});

/** @public */
export type LogStoresResponse = z.infer<typeof logStoresResponseSchema>;
