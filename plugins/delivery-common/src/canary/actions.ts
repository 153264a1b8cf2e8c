import { z } from 'zod';

/** Input of the actions `canary-<verb>`. @public */
export const canaryCommandInputSchema = z.object({
  /** Ref of the canary: `cluster/namespace/Rollout/name`, `.../Canary/...`, `.../CanaryPlan/...`. */
  canary: z.string(),
});

/** Input of the action `canary-set-weight`. @public */
export const canarySetWeightInputSchema = canaryCommandInputSchema.extend({
  /** Percent of requests to the canary. */
  weight: z.number().int().min(0).max(100),
});

/** @public */
export type CanaryCommandInput = z.infer<typeof canaryCommandInputSchema>;
