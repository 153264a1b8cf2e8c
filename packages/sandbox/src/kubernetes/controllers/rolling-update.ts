import { asObject } from '../values';
import type { KubernetesObject } from '../store';

/** How many pods a rollout may add and may take away. */
export interface RolloutLimits {
  maxSurge: number;
  maxUnavailable: number;
}

function resolve(value: unknown, total: number, round: 'up' | 'down'): number {
  if (typeof value === 'number') {
    return value;
  }
  const share = typeof value === 'string' ? parseFloat(value) / 100 : 0;
  return round === 'up' ? Math.ceil(share * total) : Math.floor(share * total);
}

/**
 * Limits of a rolling update: surge is rounded up, unavailability down, and
 * when both come to nothing one pod may be missing, or nothing could move.
 */
export function rolloutLimits(
  deployment: KubernetesObject,
  replicas: number,
): RolloutLimits {
  const rolling = asObject(asObject(deployment.spec?.strategy).rollingUpdate);
  const maxSurge = resolve(rolling.maxSurge ?? '25%', replicas, 'up');
  const maxUnavailable = resolve(
    rolling.maxUnavailable ?? '25%',
    replicas,
    'down',
  );
  return maxSurge === 0 && maxUnavailable === 0
    ? { maxSurge, maxUnavailable: 1 }
    : { maxSurge, maxUnavailable };
}

/** Counts of one ReplicaSet in a rollout. */
export interface ReplicaCounts {
  /** Replicas asked for. */
  wanted: number;
  /** Pods that exist. */
  actual: number;
  available: number;
}

/** The next size of every ReplicaSet of a rollout. */
export interface RolloutStep {
  newest: number;
  /** In the order in which the old ones were given. */
  old: number[];
}

/**
 * One step of a rolling update. Grows the new set while the total stays
 * within replicas + maxSurge, shrinks old ones while at least
 * replicas - maxUnavailable stay available, unhealthy pods first.
 */
export function nextStep(
  replicas: number,
  limits: RolloutLimits,
  newest: ReplicaCounts,
  old: readonly ReplicaCounts[],
): RolloutStep {
  const oldWanted = old.reduce((sum, counts) => sum + counts.wanted, 0);
  if (oldWanted === 0) {
    return { newest: replicas, old: old.map(() => 0) };
  }
  const total = oldWanted + newest.wanted;
  const room = Math.max(0, replicas + limits.maxSurge - total);
  const grown =
    newest.wanted > replicas
      ? replicas
      : Math.min(replicas, newest.wanted + room);
  const minimumAvailable = replicas - limits.maxUnavailable;
  const newUnavailable = Math.max(0, newest.wanted - newest.available);
  let removable = Math.max(0, total - minimumAvailable - newUnavailable);
  const sizes = old.map(counts => counts.wanted);
  for (let index = 0; index < old.length; index++) {
    const unhealthy = Math.max(0, old[index].wanted - old[index].available);
    const removed = Math.min(unhealthy, removable, sizes[index]);
    sizes[index] -= removed;
    removable -= removed;
  }
  const available =
    newest.available + old.reduce((sum, counts) => sum + counts.available, 0);
  let spare = Math.min(removable, Math.max(0, available - minimumAvailable));
  for (let index = 0; index < old.length; index++) {
    const removed = Math.min(spare, sizes[index]);
    sizes[index] -= removed;
    spare -= removed;
  }
  return { newest: grown, old: sizes };
}
