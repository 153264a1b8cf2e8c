import { z } from 'zod';

const labelsSchema = z.record(z.string(), z.string());

/** Destinations as they were, by the name and match of their route. */
const keptRouteSchema = z.object({
  name: z.unknown().optional(),
  match: z.unknown().optional(),
  ordinal: z.number().int(),
  route: z.unknown(),
});

/**
 * What a plan found when it began, and the names it gave: all that it needs
 * to put things back as they were.
 *
 * @public
 */
export const planContextSchema = z.object({
  app: z.string(),
  /** Name of the Service whose requests are shared out; its short host. */
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
    /** Absent where the plan made the object. */
    originalRoutes: z.array(keptRouteSchema).optional(),
  }),
  destinationRule: z.object({
    name: z.string(),
    isMade: z.boolean(),
    /** Subsets besides the canary's that the plan added. */
    madeSubsets: z.array(z.string()),
  }),
});

/** @public */
export type PlanContext = z.infer<typeof planContextSchema>;
