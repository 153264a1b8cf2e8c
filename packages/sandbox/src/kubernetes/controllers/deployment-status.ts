import { timestamp } from '../storage/timestamp';
import type { KubernetesObject } from '../store';
import { asNumber, asObjects, asText, type JsonObject } from '../values';
import {
  condition,
  specNumber,
  withCondition,
  type Condition,
} from './pod-state';
import { rolloutLimits } from './rolling-update';

function total(sets: readonly KubernetesObject[], field: string): number {
  return sets.reduce(
    (sum, set) => sum + (asNumber(set.status?.[field]) ?? 0),
    0,
  );
}

interface Progress {
  complete: boolean;
  progressed: boolean;
  now: number;
}

function progressing(
  deployment: KubernetesObject,
  newest: KubernetesObject | undefined,
  { complete, progressed, now }: Progress,
): Condition {
  const before = condition(deployment, 'Progressing');
  const instant = timestamp(now);
  const subject = newest
    ? `ReplicaSet "${newest.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  if (deployment.spec?.paused === true) {
    return {
      type: 'Progressing',
      status: 'Unknown',
      reason: 'DeploymentPaused',
      message: 'Deployment is paused',
      lastUpdateTime: asText(before?.lastUpdateTime) ?? instant,
    };
  }
  if (complete) {
    return {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `${subject} has successfully progressed.`,
      lastUpdateTime:
        before?.reason === 'NewReplicaSetAvailable' && !progressed
          ? asText(before.lastUpdateTime) ?? instant
          : instant,
    };
  }
  const since = asText(before?.lastUpdateTime);
  const seconds = specNumber(deployment, 'progressDeadlineSeconds', 600);
  const moving =
    progressed ||
    since === undefined ||
    before?.reason === 'NewReplicaSetAvailable' ||
    before?.reason === 'DeploymentPaused';
  if (!moving && now - Date.parse(since) >= seconds * 1000) {
    return {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `${subject} has timed out progressing.`,
      lastUpdateTime: since,
    };
  }
  return {
    type: 'Progressing',
    status: 'True',
    reason: 'ReplicaSetUpdated',
    message: `${subject} is progressing.`,
    lastUpdateTime: moving ? instant : since,
  };
}

/** What a Deployment reports about its ReplicaSets. */
export function deploymentStatus(
  deployment: KubernetesObject,
  newest: KubernetesObject | undefined,
  sets: readonly KubernetesObject[],
  now: number,
): JsonObject {
  const replicas = specNumber(deployment, 'replicas', 1);
  const actual = total(sets, 'replicas');
  const available = total(sets, 'availableReplicas');
  const ready = total(sets, 'readyReplicas');
  const updated = newest ? total([newest], 'replicas') : 0;
  const complete =
    newest !== undefined &&
    updated === replicas &&
    actual === replicas &&
    available === replicas;
  const before = deployment.status ?? {};
  const progressed =
    updated > (asNumber(before.updatedReplicas) ?? 0) ||
    ready > (asNumber(before.readyReplicas) ?? 0) ||
    available > (asNumber(before.availableReplicas) ?? 0) ||
    before.observedGeneration !== deployment.metadata.generation;
  const { maxUnavailable } = rolloutLimits(deployment, replicas);
  const enough = available >= replicas - maxUnavailable;
  const instant = timestamp(now);
  const availability: Condition = {
    type: 'Available',
    status: enough ? 'True' : 'False',
    reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: enough
      ? 'Deployment has minimum availability.'
      : 'Deployment does not have minimum availability.',
  };
  const earlier = condition(deployment, 'Available');
  availability.lastUpdateTime =
    earlier?.status === availability.status
      ? asText(earlier.lastUpdateTime) ?? instant
      : instant;
  const conditions = withCondition(
    withCondition(asObjects(before.conditions), availability, instant),
    progressing(deployment, newest, { complete, progressed, now }),
    instant,
  );
  const unavailable = Math.max(0, Math.max(replicas, actual) - available);
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(actual ? { replicas: actual } : {}),
    ...(updated ? { updatedReplicas: updated } : {}),
    ...(ready ? { readyReplicas: ready } : {}),
    ...(available ? { availableReplicas: available } : {}),
    ...(unavailable ? { unavailableReplicas: unavailable } : {}),
    conditions,
  };
}

/** When a rollout that stands still will have missed its deadline. */
export function progressDeadline(
  deployment: KubernetesObject,
  status: JsonObject,
): number | undefined {
  const current = asObjects(status.conditions).find(
    entry => entry.type === 'Progressing',
  );
  const since = Date.parse(asText(current?.lastUpdateTime) ?? '');
  return current?.reason === 'ReplicaSetUpdated' && !Number.isNaN(since)
    ? since + specNumber(deployment, 'progressDeadlineSeconds', 600) * 1000
    : undefined;
}
