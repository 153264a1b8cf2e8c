import { z } from 'zod';

const labelsSchema = z.record(z.string(), z.string());

/**
 * What a plan found when it began, and the names it gave: all that it needs
 * to put things back as they were.
 *
 * @public
 */
export const planContextSchema = z.object({
  app: z.string(),
  /** Name of the Service whose requests are shared out, and its namespace's host. */
  service: z.string(),
  container: z.string(),
  /** What the container of the stable Deployment ran. */
  oldImage: z.string(),
  /** Name of the canary's Deployment. */
  canaryWorkload: z.string(),
  stableLabels: labelsSchema,
  canaryLabels: labelsSchema,
  subsets: z.object({ stable: z.string(), canary: z.string() }),
  virtualService: z.object({
    name: z.string(),
    /** Its spec before the plan; absent where the plan made it. */
    originalSpec: z.unknown().optional(),
  }),
  destinationRule: z.object({
    name: z.string(),
    originalSpec: z.unknown().optional(),
  }),
});

/** @public */
export type PlanContext = z.infer<typeof planContextSchema>;
