import { conditions, labelSelector, objectMeta, topLevel } from './meta';
import { podTemplate } from './pod';
import {
  anything,
  boolean,
  integer,
  integerOrText,
  listOf,
  object,
  open,
  text,
  time,
  type JsonSchema,
} from './schema';

const rollingUpdate = object({
  maxUnavailable: integerOrText,
  maxSurge: integerOrText,
  partition: integer,
});

const strategy = object({ type: text, rollingUpdate });

const replicaCounts = {
  observedGeneration: integer,
  replicas: integer,
  readyReplicas: integer,
  availableReplicas: integer,
  terminatingReplicas: integer,
  conditions,
};

export const deployment: JsonSchema = topLevel({
  spec: object({
    replicas: integer,
    selector: labelSelector,
    template: podTemplate,
    strategy,
    minReadySeconds: integer,
    revisionHistoryLimit: integer,
    paused: boolean,
    progressDeadlineSeconds: integer,
  }),
  status: object({
    ...replicaCounts,
    updatedReplicas: integer,
    unavailableReplicas: integer,
    collisionCount: integer,
  }),
});

export const replicaSet: JsonSchema = topLevel({
  spec: object({
    replicas: integer,
    minReadySeconds: integer,
    selector: labelSelector,
    template: podTemplate,
  }),
  status: object({ ...replicaCounts, fullyLabeledReplicas: integer }),
});

export const statefulSet: JsonSchema = topLevel({
  spec: object({
    replicas: integer,
    selector: labelSelector,
    template: podTemplate,
    volumeClaimTemplates: listOf(open),
    serviceName: text,
    podManagementPolicy: text,
    updateStrategy: strategy,
    revisionHistoryLimit: integer,
    minReadySeconds: integer,
    persistentVolumeClaimRetentionPolicy: object({
      whenDeleted: text,
      whenScaled: text,
    }),
    ordinals: object({ start: integer }),
  }),
  status: object({
    ...replicaCounts,
    currentReplicas: integer,
    updatedReplicas: integer,
    currentRevision: text,
    updateRevision: text,
    collisionCount: integer,
  }),
});

export const daemonSet: JsonSchema = topLevel({
  spec: object({
    selector: labelSelector,
    template: podTemplate,
    updateStrategy: strategy,
    minReadySeconds: integer,
    revisionHistoryLimit: integer,
  }),
  status: open,
});

export const controllerRevision: JsonSchema = topLevel({
  data: anything,
  revision: integer,
});

const jobSpec = object({
  parallelism: integer,
  completions: integer,
  activeDeadlineSeconds: integer,
  podFailurePolicy: open,
  successPolicy: open,
  backoffLimit: integer,
  backoffLimitPerIndex: integer,
  maxFailedIndexes: integer,
  selector: labelSelector,
  manualSelector: boolean,
  template: podTemplate,
  ttlSecondsAfterFinished: integer,
  completionMode: text,
  suspend: boolean,
  podReplacementPolicy: text,
  managedBy: text,
});

export const job: JsonSchema = topLevel({ spec: jobSpec, status: open });

export const cronJob: JsonSchema = topLevel({
  spec: object(
    {
      schedule: text,
      timeZone: text,
      startingDeadlineSeconds: integer,
      concurrencyPolicy: text,
      suspend: boolean,
      jobTemplate: object({ metadata: objectMeta, spec: jobSpec }),
      successfulJobsHistoryLimit: integer,
      failedJobsHistoryLimit: integer,
    },
    ['schedule', 'jobTemplate'],
  ),
  status: object({
    active: listOf(open),
    lastScheduleTime: time,
    lastSuccessfulTime: time,
  }),
});

export const horizontalPodAutoscaler: JsonSchema = topLevel({
  spec: object(
    {
      scaleTargetRef: object({ apiVersion: text, kind: text, name: text }),
      minReplicas: integer,
      maxReplicas: integer,
      metrics: listOf(open),
      behavior: open,
    },
    ['scaleTargetRef', 'maxReplicas'],
  ),
  status: open,
});

export const podDisruptionBudget: JsonSchema = topLevel({
  spec: object({
    minAvailable: integerOrText,
    maxUnavailable: integerOrText,
    selector: labelSelector,
    unhealthyPodEvictionPolicy: text,
  }),
  status: open,
});
