import { z } from 'zod';

/** `GET /` of Elasticsearch and OpenSearch. */
export const infoSchema = z.object({
  version: z.object({
    number: z.string(),
    distribution: z.string().optional(),
  }),
  tagline: z.string().optional(),
});

/** `GET /_nodes/_local`. */
export const nodesSchema = z.object({
  nodes: z.record(
    z.string(),
    z.object({ version: z.string(), build_flavor: z.string().optional() }),
  ),
});

/** `POST /<index>/_field_caps`. */
export const fieldCapsSchema = z.object({
  fields: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        searchable: z.boolean().default(true),
        aggregatable: z.boolean().default(true),
        metadata_field: z.boolean().optional(),
      }),
    ),
  ),
});

/** One document of an answer. */
export const hitSchema = z.object({
  _id: z.string(),
  _source: z.record(z.string(), z.unknown()).default({}),
  highlight: z.record(z.string(), z.array(z.string())).optional(),
  sort: z.array(z.unknown()).optional(),
});

/** @see hitSchema */
export type Hit = z.infer<typeof hitSchema>;

/** `POST /<index>/_search`. */
export const searchAnswerSchema = z.object({
  took: z.number().optional(),
  timed_out: z.boolean().optional(),
  pit_id: z.string().optional(),
  _shards: z
    .object({
      total: z.number().optional(),
      failed: z.number().default(0),
      failures: z.array(z.unknown()).optional(),
    })
    .optional(),
  hits: z.object({
    total: z
      .union([
        z.object({ value: z.number(), relation: z.string() }),
        z.number().transform(value => ({ value, relation: 'eq' })),
      ])
      .optional(),
    hits: z.array(hitSchema),
  }),
  aggregations: z.record(z.string(), z.unknown()).optional(),
});

/** @see searchAnswerSchema */
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

/** Buckets of `terms` and `date_histogram`. */
export const bucketsSchema = z.object({
  buckets: z.array(
    z.looseObject({
      key: z.union([z.string(), z.number(), z.boolean()]),
      key_as_string: z.string().optional(),
      doc_count: z.number(),
    }),
  ),
  sum_other_doc_count: z.number().optional(),
});

/** What Elasticsearch says when it refuses. */
export const errorSchema = z.object({
  error: z
    .union([
      z.string().transform(reason => ({
        type: '',
        reason,
        root_cause: [],
        caused_by: undefined,
      })),
      z.object({
        type: z.string().default(''),
        reason: z.string().nullish(),
        root_cause: z
          .array(
            z.object({
              type: z.string().default(''),
              reason: z.string().nullish(),
            }),
          )
          .default([]),
        caused_by: z
          .object({ type: z.string().nullish(), reason: z.string().nullish() })
          .optional(),
      }),
    ])
    .optional(),
});
