import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** A service level objective and how it stands. @public */
export const serviceLevelSchema = z.object({
  id: z.string(),
  kind: z.enum(['availability', 'latency']),
  /** Share of requests that must be good, 0..1. */
  objective: z.number().gt(0).lt(1),
  /** For latency: what counts as good. */
  thresholdMilliseconds: z.number().positive().optional(),
  windowDays: z.number().positive(),
  /** Where it was declared: an annotation or a rule. */
  origin: z.string(),
  /** Share of good requests over the window that could be read; absent when unknown. */
  attained: z.number().optional(),
  /** How much of the window the metrics cover, 0..1. */
  coverage: z.number().optional(),
  /** Share of the error budget that is left; below 0 when overspent. */
  budgetLeft: z.number().optional(),
  /**
   * Error share over a window, divided by the budget: 1 spends it exactly
   * within the objective's window (Google, The Site Reliability Workbook,
   * chapter 5).
   */
  burnRates: z.array(
    z.object({ window: z.string(), rate: z.number().optional() }),
  ),
  /** What the burn rates mean together. */
  state: z.enum(['ok', 'slow', 'fast', 'unknown']),
  reason: z.string().optional(),
});

/** @public */
export type ServiceLevel = z.infer<typeof serviceLevelSchema>;

/** Answer of `GET /api/telemetry/services/:ref/levels`. @public */
export const serviceLevelsResponseSchema = z.object({
  levels: z.array(serviceLevelSchema),
  provenance: provenanceSchema,
});

/** @public */
export type ServiceLevelsResponse = z.infer<typeof serviceLevelsResponseSchema>;
