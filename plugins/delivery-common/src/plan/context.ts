import { z } from 'zod';

const labelsSchema = z.record(z.string(), z.string());

/** Destinations as they were, by the name and match of their route. */
const keptRouteSchema = z.object({
  name: z.unknown().optional(),
  match: z.unknown().optional(),
  ordinal: z.number().int(),
  route: z.unknown(),
});

/** Backends as they were, by the name and matches of their rule. */
const keptRuleSchema = z.object({
  name: z.unknown().optional(),
  matches: z.unknown().optional(),
  ordinal: z.number().int(),
  backendRefs: z.unknown(),
});

/** A whole object without what servers write in it. */
const objectSchema = z.record(z.string(), z.unknown());

const commonSchema = z.object({
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
});

const istioContextSchema = commonSchema.extend({
  subsets: z.object({ stable: z.string(), canary: z.string() }),
  virtualService: z.object({
    name: z.string(),
    /** Absent where the plan made the object. */
    originalRoutes: z.array(keptRouteSchema).optional(),
    /** To be put back should someone delete it. */
    original: objectSchema.optional(),
  }),
  destinationRule: z.object({
    name: z.string(),
    isMade: z.boolean(),
    /** Subsets besides the canary's that the plan added. */
    madeSubsets: z.array(z.string()),
    /** To be put back should someone delete it. */
    original: objectSchema.optional(),
  }),
});

/** A Service that has the pods of one version. */
const versionServiceSchema = z.object({
  name: z.string(),
  selector: labelsSchema,
});

const gatewayContextSchema = commonSchema.extend({
  httpRoute: z.object({
    name: z.string(),
    originalRules: z.array(keptRuleSchema),
    /** To be put back should someone delete it. */
    original: objectSchema,
  }),
  services: z.object({
    stable: versionServiceSchema,
    canary: versionServiceSchema,
  }),
  /** Ports of the Service whose requests are shared out. */
  ports: z.array(z.record(z.string(), z.unknown())),
});

/**
 * What a plan found when it began, and the names it gave: all that it needs
 * to put things back as they were. Istio's own routes tell versions apart by
 * subsets; those of the Gateway API by a Service for each.
 *
 * @public
 */
export const planContextSchema = z.union([
  istioContextSchema,
  gatewayContextSchema,
]);

/** @public */
export type PlanContext = z.infer<typeof planContextSchema>;

/** Of a plan on VirtualService and DestinationRule. @public */
export type IstioPlanContext = z.infer<typeof istioContextSchema>;

/** Of a plan on an HTTPRoute. @public */
export type GatewayPlanContext = z.infer<typeof gatewayContextSchema>;
