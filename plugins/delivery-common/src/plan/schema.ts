import { z } from 'zod';

const DAY_SECONDS = 24 * 3600;

const headerMatchSchema = z
  .object({
    exact: z.string().min(1).optional(),
    prefix: z.string().min(1).optional(),
    regex: z.string().min(1).optional(),
  })
  .refine(
    match => Object.values(match).filter(Boolean).length === 1,
    'one of exact, prefix and regex',
  );

/**
 * One step of a plan. `weight`, `header` and `mirror` change routes and are
 * over when the API server shows the change; `pause`, `approval` and
 * `analysis` wait. Where the plan has an analysis, no wait is over before it
 * says go.
 *
 * @public
 */
export const planStepSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('weight'),
    /** Percent of requests to the canary. */
    weight: z.number().int().min(0).max(100),
  }),
  z.object({
    kind: z.literal('header'),
    /** Requests with these headers go to the canary, whatever the weight; none ends it. */
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), headerMatchSchema),
  }),
  z.object({
    kind: z.literal('mirror'),
    /** Percent of requests that the canary gets a copy of; 0 ends it. */
    percent: z.number().int().min(0).max(100),
  }),
  z.object({
    kind: z.literal('pause'),
    seconds: z
      .number()
      .int()
      .min(1)
      .max(7 * DAY_SECONDS),
  }),
  z.object({ kind: z.literal('approval') }),
  z.object({ kind: z.literal('analysis') }),
]);

/** @public */
export type PlanStep = z.infer<typeof planStepSchema>;

/**
 * What the canary is judged by, against the stable version over the same
 * time. All limits are optional; without any, only pods are watched.
 *
 * @public
 */
export const planAnalysisSchema = z.object({
  /** How often the judge looks. */
  intervalSeconds: z.number().int().min(10).max(3600).default(30),
  /** Requests to the canary before the judge may say go. */
  minimumRequests: z.number().int().min(1).max(10_000_000).optional(),
  /** Percentage points by which the canary's share of 5xx may exceed stable's. */
  maximumErrorIncreasePoints: z.number().positive().max(100).optional(),
  /** Percent by which the canary's p95 may exceed stable's. */
  maximumP95IncreasePercent: z.number().positive().max(1000).optional(),
  /** Any PromQL; `{{workload}}`, `{{namespace}}` and `{{window}}` stand for the side's. */
  metrics: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(60),
        query: z.string().trim().min(1).max(4000),
        maximum: z.number().optional(),
        minimum: z.number().optional(),
        /** Relative to the same query for stable. */
        maximumIncreasePercent: z.number().positive().max(1000).optional(),
      }),
    )
    .max(10)
    .default([]),
});

/** @public */
export type PlanAnalysis = z.infer<typeof planAnalysisSchema>;

/**
 * A canary of our own on plain Deployments: what it ships, how, and what it
 * does by itself. Input of the action `start-canary`.
 *
 * @public
 */
export const canaryPlanSchema = z.object({
  /** Ref of the Deployment that runs the stable version. */
  workload: z.string(),
  /** Name of the Service whose traffic is shifted; the app's where absent. */
  service: z.string().optional(),
  /** Container that gets the new image; the app's where absent. */
  container: z.string().optional(),
  image: z.string().trim().min(1).max(1000),
  /** Pods of the canary. */
  replicas: z.number().int().min(1).max(1000).default(1),
  steps: z.array(planStepSchema).min(1).max(50),
  analysis: planAnalysisSchema.optional(),
  /** When the judge says abort: put traffic back, or stop and wait for a person. */
  onFailure: z.enum(['abort', 'hold']).default('abort'),
  /** After the last step: promote by itself, or wait for an approval. */
  onSuccess: z.enum(['promote', 'wait']).default('wait'),
  /** How long new pods may take to become ready. */
  readySeconds: z.number().int().min(10).max(DAY_SECONDS).default(600),
  /** The whole plan is aborted when it is not over by then. */
  deadlineSeconds: z
    .number()
    .int()
    .min(60)
    .max(14 * DAY_SECONDS)
    .default(DAY_SECONDS),
});

/** @public */
export type CanaryPlan = z.infer<typeof canaryPlanSchema>;

/** What a client may leave out has a default. @public */
export type CanaryPlanInput = z.input<typeof canaryPlanSchema>;
