import { z } from 'zod';
import { PLANNED_LOOKS } from './chances';

const percentSchema = z.number().positive().max(1000);

/**
 * A limit on a metric of one's own; at least one of the three. Percent are
 * of stable's mean, `maximum` and `minimum` in the metric's own unit.
 *
 * @public
 */
export const customLimitSchema = z
  .object({
    name: z.string().min(1).max(100),
    maximumIncreasePercent: percentSchema.optional(),
    maximum: z.number().optional(),
    minimum: z.number().optional(),
  })
  .refine(
    ({ maximumIncreasePercent, maximum, minimum }) =>
      [maximumIncreasePercent, maximum, minimum].some(
        limit => limit !== undefined,
      ),
    'one of maximumIncreasePercent, maximum and minimum',
  );

/** @public */
export type CustomLimit = z.infer<typeof customLimitSchema>;

/**
 * What a canary may do at most, compared with stable at the same time.
 *
 * @public
 */
export const judgeLimitsSchema = z.object({
  /** Percentage points of failing requests above stable's. */
  maximumErrorIncreasePoints: z.number().positive().max(100).optional(),
  /** Percent that the canary's p95 may be above stable's. */
  maximumP95IncreasePercent: percentSchema.optional(),
  custom: z.array(customLimitSchema).max(20).default([]),
  /** Requests to the canary before a verdict; see `minimumRequestsFor`. */
  minimumRequests: z.number().int().min(1),
  /** How often a step is judged at most. */
  plannedLooks: z.number().int().min(1).max(1000).default(PLANNED_LOOKS),
});

/** @public */
export type JudgeLimits = z.infer<typeof judgeLimitsSchema>;

/**
 * Cumulative buckets: requests of at most `le` milliseconds, the last bound
 * being `Infinity`. As from `sum by (le) (increase(..._bucket[step]))`.
 *
 * @public
 */
export type LatencyBuckets = readonly {
  le: number;
  count: number;
}[];

/**
 * What one side did since the step began. What is not known is left out.
 *
 * @public
 */
export type JudgedSide = {
  requests?: number;
  /** Failing ones among the requests. */
  failures?: number;
  latency?: LatencyBuckets;
  /** Values of own metrics by name, evenly spaced over the step. */
  custom?: Readonly<Record<string, readonly number[]>>;
};

/** @public */
export const metricStateSchema = z.enum([
  'passing',
  'failing',
  'inconclusive',
  'unknown',
]);

/**
 * One comparison with its outcome. `stable`, `canary` and the limits are in
 * `unit`, `difference` and `interval` in `differenceUnit`.
 *
 * @public
 */
export const judgedMetricSchema = z.object({
  /** `errors`, `p95` or the name of a metric of one's own. */
  name: z.string(),
  state: metricStateSchema,
  unit: z.enum(['percent', 'milliseconds', 'own']),
  stable: z.number().optional(),
  canary: z.number().optional(),
  differenceUnit: z.enum(['points', 'percent', 'own']),
  difference: z.number().optional(),
  /** 95 % interval of the difference, where it can be told. */
  interval: z.object({ low: z.number(), high: z.number() }).optional(),
  /**
   * How likely a canary at its limit would look as bad as this one, or worse,
   * in this one look.
   */
  pValue: z.number().optional(),
  /** The limit on the difference, or on the canary's own value. */
  limit: z.number(),
  limitOf: z.enum(['difference', 'maximum', 'minimum']),
  sentence: z.string(),
});

/** @public */
export type JudgedMetric = z.infer<typeof judgedMetricSchema>;

/**
 * What to do with a canary now, and why in one sentence.
 *
 * @public
 */
export const verdictSchema = z.object({
  decision: z.enum(['go', 'hold', 'abort']),
  reason: z.string(),
  requests: z.object({
    stable: z.number().optional(),
    canary: z.number().optional(),
    minimum: z.number(),
  }),
  metrics: z.array(judgedMetricSchema),
});

/** @public */
export type Verdict = z.infer<typeof verdictSchema>;
