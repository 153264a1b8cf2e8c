import { z } from 'zod';

const headerMatchSchema = z.looseObject({
  headers: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});

export const canaryObjectSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string().default(''),
    resourceVersion: z.string().default(''),
    generation: z.number().optional(),
    creationTimestamp: z.string().optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.object({
    provider: z.string().optional(),
    suspend: z.boolean().optional(),
    skipAnalysis: z.boolean().optional(),
    targetRef: z.object({ kind: z.string(), name: z.string() }),
    service: z.looseObject({ name: z.string().optional() }).optional(),
    analysis: z
      .object({
        interval: z.string().optional(),
        threshold: z.number().optional(),
        maxWeight: z.number().optional(),
        stepWeight: z.number().optional(),
        stepWeights: z.array(z.number()).optional(),
        stepWeightPromotion: z.number().optional(),
        iterations: z.number().optional(),
        mirror: z.boolean().optional(),
        mirrorWeight: z.number().optional(),
        match: z.array(headerMatchSchema).optional(),
        metrics: z
          .array(
            z.looseObject({
              name: z.string(),
              thresholdRange: z
                .object({
                  min: z.number().optional(),
                  max: z.number().optional(),
                })
                .optional(),
              query: z.string().optional(),
            }),
          )
          .optional(),
        webhooks: z
          .array(
            z.looseObject({
              name: z.string(),
              type: z.string().optional(),
              url: z.string().optional(),
            }),
          )
          .optional(),
      })
      .default({}),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      canaryWeight: z.number().optional(),
      iterations: z.number().optional(),
      failedChecks: z.number().optional(),
      lastTransitionTime: z.string().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .optional(),
    })
    .default({}),
});

/** A Flagger Canary, as far as it is read. @public */
export type CanaryObject = z.infer<typeof canaryObjectSchema>;
