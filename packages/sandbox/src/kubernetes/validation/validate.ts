import { checkPodSpec, checkPodUpdate } from './pods';
import type { StatusCause } from '../http/status-error';
import { storeName, type ResourceType } from '../resources/resource';
import type { KubernetesObject } from '../store';
import { asObject } from '../values';
import { checkMetadata } from './names';
import {
  checkAutoscaler,
  checkBinding,
  checkData,
  checkService,
} from './others';
import { checkDefinition } from './definitions';
import { checkJob, checkWorkload } from './workloads';

type Check = (
  object: KubernetesObject,
  current: KubernetesObject | undefined,
) => StatusCause[];

const rbac = 'rbac.authorization.k8s.io';

const checks: Record<string, Check> = {
  'deployments.apps': checkWorkload,
  'replicasets.apps': checkWorkload,
  'statefulsets.apps': checkWorkload,
  'daemonsets.apps': checkWorkload,
  'jobs.batch': checkJob,
  'customresourcedefinitions.apiextensions.k8s.io': checkDefinition,
  pods: (object, current) =>
    current
      ? checkPodUpdate(asObject(object.spec), asObject(current.spec))
      : checkPodSpec('spec', asObject(object.spec), [
          'Always',
          'OnFailure',
          'Never',
        ]),
  services: checkService,
  configmaps: checkData,
  secrets: checkData,
  'horizontalpodautoscalers.autoscaling': checkAutoscaler,
  [`rolebindings.${rbac}`]: checkBinding,
  [`clusterrolebindings.${rbac}`]: checkBinding,
};

/** Everything that is wrong with an object beyond the types of its fields. */
export function validate(
  type: ResourceType,
  object: KubernetesObject,
  current: KubernetesObject | undefined,
): StatusCause[] {
  return [
    ...checkMetadata(type, object),
    ...(checks[storeName(type)]?.(object, current) ?? []),
  ];
}
