import type { KubernetesObject } from '../store';
import { asObject, asObjects, isObject, type JsonObject } from '../values';
import { fill } from './fill';
import { defaultPodSpec } from './pod-spec';

/** What a container may use at most is also set aside for it, unless it says how much. */
function withRequests(container: JsonObject): JsonObject {
  const resources = asObject(container.resources);
  return isObject(resources.limits)
    ? {
        ...container,
        resources: {
          ...resources,
          requests: fill(asObject(resources.requests), resources.limits),
        },
      }
    : container;
}

const nodeFailures = ['not-ready', 'unreachable'].map(name => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

/** Pods stay on a failed node for five minutes unless they say otherwise. */
function withNodeFailures(tolerations: JsonObject[]): JsonObject[] {
  const missing = nodeFailures.filter(
    failure =>
      !tolerations.some(
        toleration =>
          toleration.key === failure.key ||
          (toleration.key === undefined && toleration.operator === 'Exists'),
      ),
  );
  return missing.length > 0 ? [...tolerations, ...missing] : tolerations;
}

/** A pod with defaults; one that names no service account runs as `default`. */
export function defaultPod(pod: KubernetesObject): KubernetesObject {
  const spec = defaultPodSpec(asObject(pod.spec));
  return {
    ...pod,
    spec: fill(
      {
        ...spec,
        containers: asObjects(spec.containers).map(withRequests),
        tolerations: withNodeFailures(asObjects(spec.tolerations)),
      },
      {
        serviceAccountName: 'default',
        serviceAccount: 'default',
        enableServiceLinks: true,
        preemptionPolicy: 'PreemptLowerPriority',
        priority: 0,
      },
    ),
    status: fill(asObject(pod.status), {
      phase: 'Pending',
      qosClass: qualityOf(spec),
    }),
  };
}

function qualityOf(spec: JsonObject): string {
  const resources = asObjects(spec.containers).map(container =>
    asObject(container.resources),
  );
  const isEmpty = (value: unknown) => Object.keys(asObject(value)).length === 0;
  if (
    resources.every(entry => isEmpty(entry.requests) && isEmpty(entry.limits))
  ) {
    return 'BestEffort';
  }
  const guaranteed = resources.every(entry => {
    const limits = asObject(entry.limits);
    const requests = fill(asObject(entry.requests), limits);
    return ['cpu', 'memory'].every(
      name => limits[name] !== undefined && limits[name] === requests[name],
    );
  });
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
