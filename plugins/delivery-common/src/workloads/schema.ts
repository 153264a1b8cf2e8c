import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** Kinds that run pods. @public */
export const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
  'Job',
  'CronJob',
] as const;

/** @public */
export const workloadKindSchema = z.enum(WORKLOAD_KINDS);

/** @public */
export type WorkloadKind = z.infer<typeof workloadKindSchema>;

/** The words that every screen uses. @public */
export const workloadStateSchema = z.enum([
  'Failing',
  'Degraded',
  'Unknown',
  'Progressing',
  'Paused',
  'Healthy',
  'Idle',
]);

/** @public */
export type WorkloadState = z.infer<typeof workloadStateSchema>;

/** A state and the one sentence that says why. @public */
export type WorkloadStatus = { state: WorkloadState; sentence: string };

/**
 * Who keeps an object as it is, and so would undo a change made by hand.
 *
 * @public
 */
export const managedBySchema = z.object({
  by: z.enum(['argocd', 'flux', 'helm', 'flagger', 'controller', 'hand']),
  /** Name of the application, release or owner. */
  name: z.string().optional(),
  sentence: z.string(),
});

/** @public */
export type ManagedBy = z.infer<typeof managedBySchema>;

/** An autoscaler that rules the number of pods. @public */
export const scalerSchema = z.object({
  kind: z.enum(['HorizontalPodAutoscaler', 'ScaledObject']),
  name: z.string(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  current: z.number().optional(),
  desired: z.number().optional(),
  sentence: z.string(),
});

/** @public */
export type Scaler = z.infer<typeof scalerSchema>;

/** @public */
export const workloadSummarySchema = z.object({
  /** `cluster/namespace/Kind/name` */
  ref: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  kind: workloadKindSchema,
  name: z.string(),
  /** Canonical name of its app, as the mesh has it. */
  app: z.string(),
  /** What people call what it runs; absent when nothing tells it. */
  version: z.string().optional(),
  state: workloadStateSchema,
  sentence: z.string(),
  pods: z.object({
    desired: z.number().int().optional(),
    ready: z.number().int().optional(),
    updated: z.number().int().optional(),
    restarts: z.number().int().optional(),
  }),
  images: z.array(z.object({ container: z.string(), image: z.string() })),
  managedBy: managedBySchema,
  scaler: scalerSchema.optional(),
  /** Ref of the Rollout or Flagger Canary that rules its releases. */
  canary: z.string().optional(),
  createdAt: z.string().optional(),
});

/** @public */
export type WorkloadSummary = z.infer<typeof workloadSummarySchema>;

/** @public */
export const environmentValueSchema = z.object({
  name: z.string(),
  /** Absent for references, which are never resolved, and for masked ones. */
  value: z.string().optional(),
  from: z.enum(['secret', 'configMap', 'field', 'resource']).optional(),
  /** What a reference names: `name/key`, or a field's path. */
  reference: z.string().optional(),
  isMasked: z.boolean(),
});

/** @public */
export type EnvironmentValue = z.infer<typeof environmentValueSchema>;

/** @public */
export const workloadContainerSchema = z.object({
  name: z.string(),
  isInit: z.boolean(),
  image: z.string(),
  registry: z.string().optional(),
  repository: z.string(),
  tag: z.string().optional(),
  digest: z.string().optional(),
  /** Ports that it says it listens on; absent where it says none. */
  ports: z.array(z.number().int()).optional(),
  requests: z.record(z.string(), z.string()),
  limits: z.record(z.string(), z.string()),
  /** As in the object; absent where there is none. */
  probes: z.object({
    readiness: z.unknown().optional(),
    liveness: z.unknown().optional(),
    startup: z.unknown().optional(),
  }),
  environment: z.array(environmentValueSchema),
});

/** @public */
export type WorkloadContainer = z.infer<typeof workloadContainerSchema>;

/** @public */
export const podContainerSchema = z.object({
  name: z.string(),
  image: z.string().optional(),
  /** Digest of what runs. */
  digest: z.string().optional(),
  isReady: z.boolean(),
  restarts: z.number().int(),
  sentence: z.string(),
  lastTermination: z
    .object({
      exitCode: z.number().optional(),
      reason: z.string().optional(),
      finishedAt: z.string().optional(),
    })
    .optional(),
});

/** @public */
export const workloadPodSchema = z.object({
  name: z.string(),
  state: workloadStateSchema,
  sentence: z.string(),
  node: z.string().optional(),
  version: z.string().optional(),
  /** Name of the ReplicaSet or revision that it belongs to. */
  revision: z.string().optional(),
  restarts: z.number().int(),
  createdAt: z.string().optional(),
  containers: z.array(podContainerSchema),
});

/** @public */
export type WorkloadPod = z.infer<typeof workloadPodSchema>;

/** @public */
export const workloadEventSchema = z.object({
  at: z.string().optional(),
  firstAt: z.string().optional(),
  count: z.number().int(),
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  /** `Kind/name` of what it is about. */
  about: z.string(),
  from: z.string().optional(),
});

/** @public */
export type WorkloadEvent = z.infer<typeof workloadEventSchema>;

/** @public */
export const disruptionBudgetSchema = z.object({
  name: z.string(),
  minimumAvailable: z.string().optional(),
  maximumUnavailable: z.string().optional(),
  disruptionsAllowed: z.number().int().optional(),
  sentence: z.string(),
});

/** @public */
export type DisruptionBudget = z.infer<typeof disruptionBudgetSchema>;

/** A version that was there before, to be rolled back to. @public */
export const workloadRevisionSchema = z.object({
  /** Number of the revision. */
  revision: z.number().int(),
  /** Name of the ReplicaSet or ControllerRevision. */
  name: z.string(),
  images: z.array(z.object({ container: z.string(), image: z.string() })),
  changeCause: z.string().optional(),
  createdAt: z.string().optional(),
  isCurrent: z.boolean(),
  pods: z.number().int().optional(),
});

/** @public */
export type WorkloadRevision = z.infer<typeof workloadRevisionSchema>;

/** Answer of `GET /api/delivery/workloads/:ref`. @public */
export const workloadDetailsSchema = z.object({
  summary: workloadSummarySchema,
  resourceVersion: z.string(),
  isPaused: z.boolean(),
  isProtected: z.boolean(),
  containers: z.array(workloadContainerSchema),
  pods: z.array(workloadPodSchema),
  events: z.array(workloadEventSchema),
  budgets: z.array(disruptionBudgetSchema),
  revisions: z.array(workloadRevisionSchema),
  schedule: z.string().optional(),
  provenance: provenanceSchema,
});

/** @public */
export type WorkloadDetails = z.infer<typeof workloadDetailsSchema>;

/** Answer of `GET /api/delivery/workloads`, the worst first. @public */
export const workloadListSchema = z.object({
  items: z.array(workloadSummarySchema),
  provenance: provenanceSchema,
});

/** @public */
export type WorkloadList = z.infer<typeof workloadListSchema>;
