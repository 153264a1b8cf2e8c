import { z } from 'zod';
import { canaryVerdictSchema } from '../canary/schema';

/** Where a plan is. The last three are ends. @public */
export const planPhaseSchema = z.enum([
  'preparing',
  'stepping',
  'promoting',
  'aborting',
  'done',
  'aborted',
  'failed',
]);

/** @public */
export type PlanPhase = z.infer<typeof planPhaseSchema>;

/**
 * Stages of a promotion: all traffic to the canary, the new image into the
 * stable Deployment, traffic back to it, the canary away. Stages of an abort:
 * traffic back, then the rest.
 *
 * @public
 */
export const planStageSchema = z.enum([
  'shift',
  'update-stable',
  'return',
  'retire',
]);

/** One metric of one look, as the judge saw it. @public */
export const measuredMetricSchema = z.object({
  name: z.string(),
  state: z.enum(['passing', 'failing', 'inconclusive', 'unknown']),
  value: z.string(),
  sentence: z.string(),
});

/** @public */
export type MeasuredMetric = z.infer<typeof measuredMetricSchema>;

/**
 * All that has to be remembered of a plan between two looks at it. Instants
 * are RFC 3339.
 *
 * @public
 */
export const planStateSchema = z.object({
  phase: planPhaseSchema,
  stepIndex: z.number().int(),
  /** When the phase, and when the step began. */
  phaseSince: z.string(),
  stepSince: z.string(),
  /** When each finished step began and ended, by index. */
  steps: z.record(
    z.string(),
    z.object({
      startedAt: z.string(),
      finishedAt: z.string().optional(),
      isSkipped: z.boolean().optional(),
    }),
  ),
  stage: planStageSchema.optional(),
  /** A person holds it. */
  hold: z.object({ by: z.string(), at: z.string() }).optional(),
  approval: z.object({ by: z.string(), at: z.string() }).optional(),
  /** A weight that a person set instead of the step's. */
  manualWeight: z.number().optional(),
  /** Since when requests reach the canary as this step wants; analysis starts here. */
  routedSince: z.string().optional(),
  /** How often the judge has looked since. */
  looks: z.number().int(),
  lookedAt: z.string().optional(),
  verdict: canaryVerdictSchema.optional(),
  /** What the last looks of this step measured, the oldest first. */
  measured: z
    .array(z.object({ at: z.string(), metrics: z.array(measuredMetricSchema) }))
    .optional(),
  abort: z.object({ by: z.string(), reason: z.string() }).optional(),
  /** The stable Deployment was given the new image: an abort must undo it. */
  hasUpdatedStable: z.boolean().optional(),
  /** What does not work at the moment, and since when. */
  problem: z.object({ since: z.string(), sentence: z.string() }).optional(),
});

/** @public */
export type PlanState = z.infer<typeof planStateSchema>;

/** @public */
export function isOver(state: Pick<PlanState, 'phase'>): boolean {
  return ['done', 'aborted', 'failed'].includes(state.phase);
}

/** How a plan begins. @public */
export function initialState(now: string): PlanState {
  return {
    phase: 'preparing',
    stepIndex: 0,
    phaseSince: now,
    stepSince: now,
    steps: {},
    looks: 0,
  };
}
