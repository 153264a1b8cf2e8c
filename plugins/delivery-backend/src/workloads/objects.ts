import type {
  BudgetObject,
  EventObject,
  PodObject,
  ScalerObject,
  WorkloadKind,
  WorkloadObject,
} from '@orrery/backstage-plugin-delivery-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';

type Readable =
  | BudgetObject
  | EventObject
  | PodObject
  | ScalerObject
  | WorkloadObject;

/**
 * Objects come from API servers, which have checked their shapes: what a kind
 * is read as is said here, and nowhere else.
 */
export function as<T extends Readable>(object: KubernetesObject): T {
  return object as KubernetesObject & T;
}

/** The same of many. */
export function asAll<T extends Readable>(
  objects: readonly KubernetesObject[] | undefined,
): readonly T[] | undefined {
  return objects as readonly (KubernetesObject & T)[] | undefined;
}

/** How each kind of workload is addressed. */
export const WORKLOAD_TYPES: Readonly<Record<WorkloadKind, ResourceType>> = {
  Deployment: RESOURCE_TYPES.deployments,
  StatefulSet: RESOURCE_TYPES.statefulSets,
  DaemonSet: RESOURCE_TYPES.daemonSets,
  Rollout: RESOURCE_TYPES.rollouts,
  Job: RESOURCE_TYPES.jobs,
  CronJob: RESOURCE_TYPES.cronJobs,
};

/** The list that each kind is in. */
export const WORKLOAD_LISTS = {
  Deployment: 'deployments',
  StatefulSet: 'statefulSets',
  DaemonSet: 'daemonSets',
  Rollout: 'rollouts',
  Job: 'jobs',
  CronJob: 'cronJobs',
} as const satisfies Record<WorkloadKind, string>;
