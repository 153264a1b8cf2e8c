import { z } from 'zod';

/**
 * The parts of Argo Rollouts' objects that are read here, leniently: what a
 * newer controller adds is passed over, what is not there is not known.
 */
const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().default(''),
  resourceVersion: z.string().default(''),
  generation: z.number().optional(),
  creationTimestamp: z.string().optional(),
  uid: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  ownerReferences: z
    .array(z.object({ kind: z.string(), name: z.string() }))
    .optional(),
});

const podTemplateSchema = z.object({
  metadata: z
    .object({ labels: z.record(z.string(), z.string()).optional() })
    .optional(),
  spec: z
    .object({
      containers: z
        .array(z.object({ name: z.string(), image: z.string().optional() }))
        .default([]),
    })
    .optional(),
});

/** Labels that the controller puts on pods while they are of one side. */
const ephemeralSchema = z.object({
  labels: z.record(z.string(), z.string()).optional(),
});

const durationSchema = z.union([z.string(), z.number()]);
const analysisSchema = z.looseObject({
  templates: z
    .array(z.object({ templateName: z.string().optional() }))
    .optional(),
  startingStep: z.number().optional(),
});

export const rolloutStepSchema = z.looseObject({
  setWeight: z.number().optional(),
  pause: z.object({ duration: durationSchema.optional() }).optional(),
  analysis: analysisSchema.optional(),
  experiment: z.looseObject({ duration: z.string().optional() }).optional(),
  setCanaryScale: z
    .object({
      weight: z.number().optional(),
      replicas: z.number().optional(),
      matchTrafficWeight: z.boolean().optional(),
    })
    .optional(),
  setHeaderRoute: z
    .object({
      name: z.string().optional(),
      match: z
        .array(
          z.object({
            headerName: z.string(),
            headerValue: z.record(z.string(), z.string()).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  setMirrorRoute: z
    .object({ name: z.string().optional(), percentage: z.number().optional() })
    .optional(),
  plugin: z.looseObject({ name: z.string().optional() }).optional(),
});

const analysisRunStatusSchema = z.object({
  name: z.string(),
  status: z.string().optional(),
  message: z.string().optional(),
});

export const rolloutSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    replicas: z.number().optional(),
    paused: z.boolean().optional(),
    workloadRef: z
      .object({ kind: z.string().optional(), name: z.string().optional() })
      .optional(),
    template: podTemplateSchema.optional(),
    strategy: z
      .object({
        canary: z
          .object({
            steps: z.array(rolloutStepSchema).optional(),
            stableService: z.string().optional(),
            canaryService: z.string().optional(),
            stableMetadata: ephemeralSchema.optional(),
            canaryMetadata: ephemeralSchema.optional(),
            analysis: analysisSchema.optional(),
            trafficRouting: z
              .looseObject({
                istio: z
                  .looseObject({
                    virtualService: z.object({ name: z.string() }).optional(),
                    virtualServices: z
                      .array(z.object({ name: z.string() }))
                      .optional(),
                  })
                  .optional(),
              })
              .optional(),
          })
          .optional(),
        blueGreen: z
          .object({
            activeService: z.string().optional(),
            previewService: z.string().optional(),
            autoPromotionEnabled: z.boolean().optional(),
          })
          .optional(),
      })
      .default({}),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      message: z.string().optional(),
      observedGeneration: z.union([z.string(), z.number()]).optional(),
      currentPodHash: z.string().optional(),
      stableRS: z.string().optional(),
      currentStepIndex: z.number().optional(),
      abort: z.boolean().optional(),
      abortedAt: z.string().optional(),
      promoteFull: z.boolean().optional(),
      controllerPause: z.boolean().optional(),
      pauseConditions: z
        .array(z.object({ reason: z.string(), startTime: z.string() }))
        .optional(),
      replicas: z.number().optional(),
      updatedReplicas: z.number().optional(),
      readyReplicas: z.number().optional(),
      canary: z
        .object({
          weights: z
            .object({
              canary: z.object({ weight: z.number() }).optional(),
              stable: z.object({ weight: z.number() }).optional(),
            })
            .optional(),
          currentStepAnalysisRunStatus: analysisRunStatusSchema.optional(),
          currentBackgroundAnalysisRunStatus:
            analysisRunStatusSchema.optional(),
          currentExperiment: z.string().optional(),
        })
        .optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
            lastTransitionTime: z.string().optional(),
          }),
        )
        .optional(),
    })
    .default({}),
});

/** An Argo Rollout, as far as it is read. @public */
export type Rollout = z.infer<typeof rolloutSchema>;

export type RolloutStep = z.infer<typeof rolloutStepSchema>;

export const replicaSetSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    replicas: z.number().optional(),
    template: podTemplateSchema.optional(),
  }),
  status: z
    .object({
      readyReplicas: z.number().optional(),
      availableReplicas: z.number().optional(),
    })
    .default({}),
});

/** A ReplicaSet of a Rollout. @public */
export type RolloutReplicaSet = z.infer<typeof replicaSetSchema>;

const measurementSchema = z.object({
  phase: z.string().optional(),
  value: z.string().optional(),
  message: z.string().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
});

export const analysisRunSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      metrics: z
        .array(
          z.object({
            name: z.string(),
            successCondition: z.string().optional(),
            failureCondition: z.string().optional(),
            provider: z
              .looseObject({
                prometheus: z
                  .object({ query: z.string().optional() })
                  .optional(),
              })
              .optional(),
          }),
        )
        .default([]),
    })
    .default({ metrics: [] }),
  status: z
    .object({
      phase: z.string().optional(),
      message: z.string().optional(),
      startedAt: z.string().optional(),
      metricResults: z
        .array(
          z.object({
            name: z.string(),
            phase: z.string().optional(),
            message: z.string().optional(),
            count: z.number().optional(),
            failed: z.number().optional(),
            inconclusive: z.number().optional(),
            dryRun: z.boolean().optional(),
            measurements: z.array(measurementSchema).default([]),
          }),
        )
        .default([]),
    })
    .default({ metricResults: [] }),
});

/** An Argo AnalysisRun. @public */
export type AnalysisRun = z.infer<typeof analysisRunSchema>;
