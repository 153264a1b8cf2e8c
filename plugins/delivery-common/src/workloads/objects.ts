/** What is read of any object's metadata. @public */
export type ObjectMeta = {
  name: string;
  namespace?: string;
  uid?: string;
  generation?: number;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  ownerReferences?: readonly {
    kind: string;
    name: string;
    apiVersion?: string;
    controller?: boolean;
  }[];
  managedFields?: readonly {
    manager?: string;
    operation?: string;
    time?: string;
  }[];
};

/** @public */
export type ConditionObject = {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
};

/** @public */
export type EnvironmentEntry = {
  name: string;
  value?: string;
  valueFrom?: Readonly<
    Record<string, { name?: string; key?: string; fieldPath?: string }>
  >;
};

/** @public */
export type ContainerObject = {
  name: string;
  image?: string;
  ports?: readonly { containerPort?: number; name?: string }[];
  env?: readonly EnvironmentEntry[];
  envFrom?: readonly {
    prefix?: string;
    secretRef?: { name: string };
    configMapRef?: { name: string };
  }[];
  resources?: {
    requests?: Readonly<Record<string, string>>;
    limits?: Readonly<Record<string, string>>;
  };
  readinessProbe?: unknown;
  livenessProbe?: unknown;
  startupProbe?: unknown;
};

/** @public */
export type PodTemplateObject = {
  metadata?: {
    labels?: Readonly<Record<string, string>>;
    annotations?: Readonly<Record<string, string>>;
  };
  spec?: {
    containers?: readonly ContainerObject[];
    initContainers?: readonly ContainerObject[];
  };
};

/**
 * A workload of any kind, as far as it is read. Fields that a kind does not
 * have are simply absent.
 *
 * @public
 */
export type WorkloadObject = {
  metadata: ObjectMeta;
  spec?: {
    replicas?: number;
    paused?: boolean;
    suspend?: boolean;
    schedule?: string;
    completions?: number;
    parallelism?: number;
    backoffLimit?: number;
    progressDeadlineSeconds?: number;
    selector?: { matchLabels?: Readonly<Record<string, string>> };
    template?: PodTemplateObject;
    jobTemplate?: { spec?: { template?: PodTemplateObject } };
    workloadRef?: { kind?: string; name?: string };
  };
  status?: {
    observedGeneration?: number | string;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberReady?: number;
    numberAvailable?: number;
    conditions?: readonly ConditionObject[];
    /** Of a Rollout. */
    phase?: string;
    message?: string;
    currentRevision?: string;
    updateRevision?: string;
    /** Of a Job. */
    active?: number | readonly unknown[];
    succeeded?: number;
    failed?: number;
    startTime?: string;
    completionTime?: string;
    /** Of a CronJob. */
    lastScheduleTime?: string;
    lastSuccessfulTime?: string;
  };
};

/** @public */
export type ContainerStateObject = {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: {
    exitCode?: number;
    reason?: string;
    message?: string;
    finishedAt?: string;
  };
};

/** @public */
export type ContainerStatusObject = {
  name: string;
  image?: string;
  imageID?: string;
  ready?: boolean;
  started?: boolean;
  restartCount?: number;
  state?: ContainerStateObject;
  lastState?: ContainerStateObject;
};

/** @public */
export type PodObject = {
  metadata: ObjectMeta;
  spec?: {
    nodeName?: string;
    containers?: readonly ContainerObject[];
    initContainers?: readonly ContainerObject[];
  };
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    startTime?: string;
    podIP?: string;
    conditions?: readonly ConditionObject[];
    containerStatuses?: readonly ContainerStatusObject[];
    initContainerStatuses?: readonly ContainerStatusObject[];
  };
};

/** A HorizontalPodAutoscaler or a ScaledObject. @public */
export type ScalerObject = {
  metadata: ObjectMeta;
  spec?: {
    scaleTargetRef?: { kind?: string; name?: string };
    minReplicas?: number;
    maxReplicas?: number;
    minReplicaCount?: number;
    maxReplicaCount?: number;
    metrics?: readonly unknown[];
    triggers?: readonly { type?: string }[];
  };
  status?: {
    currentReplicas?: number;
    desiredReplicas?: number;
    conditions?: readonly ConditionObject[];
  };
};

/** @public */
export type BudgetObject = {
  metadata: ObjectMeta;
  spec?: {
    selector?: { matchLabels?: Readonly<Record<string, string>> };
    minAvailable?: number | string;
    maxUnavailable?: number | string;
  };
  status?: { disruptionsAllowed?: number };
};

/** @public */
export type EventObject = {
  metadata: ObjectMeta;
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  firstTimestamp?: string;
  lastTimestamp?: string;
  eventTime?: string;
  series?: { count?: number; lastObservedTime?: string };
  involvedObject?: { kind?: string; name?: string; namespace?: string };
  source?: { component?: string };
  reportingComponent?: string;
};
