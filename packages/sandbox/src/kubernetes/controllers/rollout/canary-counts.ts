import type { KubernetesObject } from '../../store';
import { asNumber, asObject, asObjects } from '../../values';
import { rolloutLimits } from '../rolling-update';
import {
  availableOf,
  currentSetWeight,
  isAborted,
  isFullyPromoted,
  maximumWeight,
  wantedOf,
  type RolloutView,
} from './rollout';

/** Replicas that the canary's and the stable ReplicaSet should have now. */
export interface CanaryCounts {
  canary: number;
  stable: number;
}

function explicitScale(view: RolloutView): number | undefined {
  const { steps, stepIndex, canary, replicas, status } = view;
  if (!canary?.trafficRouting || stepIndex === undefined) return undefined;
  if (stepIndex >= steps.length || isAborted(status)) return undefined;
  for (let index = stepIndex; index >= 0; index--) {
    if (steps[index].setCanaryScale === undefined) continue;
    const scale = asObject(steps[index].setCanaryScale);
    if (scale.matchTrafficWeight === true) return undefined;
    const share = asNumber(scale.weight);
    return (
      asNumber(scale.replicas) ??
      (share === undefined ? undefined : Math.ceil((share / 100) * replicas))
    );
  }
  return undefined;
}

function desiredWeight(view: RolloutView): number {
  const { status, canary, stable } = view;
  if (!stable || isFullyPromoted(view)) return maximumWeight(canary);
  if (isAborted(status)) return 0;
  return status.promoteFull === true
    ? maximumWeight(canary)
    : currentSetWeight(view);
}

function routed(view: RolloutView): CanaryCounts {
  const { replicas, canary, status } = view;
  const least = asNumber(canary?.minPodsPerReplicaSet) ?? 1;
  const maximum = maximumWeight(canary);
  const share = (weight: number) => Math.ceil((weight / maximum) * replicas);
  const weight = desiredWeight(view);
  const wanted = explicitScale(view) ?? share(weight);
  const count = wanted > 0 ? Math.max(wanted, Math.min(least, replicas)) : 0;
  if (canary?.dynamicStableScale !== true) {
    return { canary: count, stable: replicas };
  }
  const weights = asObject(asObject(status.canary).weights);
  const actual = asNumber(asObject(weights.stable).weight);
  const still = asNumber(asObject(weights.canary).weight) ?? 0;
  return {
    canary: isAborted(status) ? Math.max(count, share(still)) : count,
    stable: Math.max(
      share(maximum - weight),
      actual === undefined ? replicas : share(actual),
    ),
  };
}

/** Final sizes without traffic routing: pods stand in for weight, and a share between never rounds to none or all. */
function approximate(replicas: number, share: number): CanaryCounts {
  if (share <= 0) return { canary: 0, stable: replicas };
  if (share >= 1) return { canary: replicas, stable: 0 };
  const canary = Math.min(
    Math.max(Math.round(replicas * share), 1),
    Math.max(replicas - 1, 1),
  );
  return { canary, stable: replicas - canary };
}

function sum(
  sets: readonly (KubernetesObject | undefined)[],
  count: (set: KubernetesObject | undefined) => number,
): number {
  return sets.reduce((total, set) => total + count(set), 0);
}

/** One move towards the final sizes, within surge and unavailability. */
function basic(view: RolloutView): CanaryCounts {
  const { replicas, canary, newest, stable, others, rollout } = view;
  const goal = approximate(
    replicas,
    desiredWeight(view) / maximumWeight(canary),
  );
  const limits = rolloutLimits(
    { ...rollout, spec: { strategy: { rollingUpdate: canary } } },
    replicas,
  );
  const sets = [...others, newest, stable];
  const total = sum(sets, wantedOf);
  let room = replicas + limits.maxSurge - total;
  const counts = { canary: wantedOf(newest), stable: wantedOf(stable) };
  for (const side of ['stable', 'canary'] as const) {
    const grown = Math.min(Math.max(goal[side] - counts[side], 0), room);
    if (grown > 0) {
      counts[side] += grown;
      room -= grown;
    }
  }
  let spare = Math.min(
    sum(sets, availableOf) - (replicas - limits.maxUnavailable),
    sum(sets, availableOf),
  );
  for (const [side, set] of [
    ['stable', stable],
    ['canary', newest],
  ] as const) {
    const surplus = Math.max(counts[side] - goal[side], 0);
    const idle = Math.max(wantedOf(set) - availableOf(set), 0);
    const removed = Math.min(surplus, idle + Math.max(spare, 0));
    counts[side] -= removed;
    spare -= Math.max(removed - idle, 0);
  }
  return counts;
}

/** How many pods either side should have now. */
export function canaryCounts(view: RolloutView): CanaryCounts {
  const { newest, stable, replicas, canary } = view;
  if (!stable || !newest || stable === newest) {
    return { canary: replicas, stable: replicas };
  }
  return canary?.trafficRouting ? routed(view) : basic(view);
}

/** Whether both sides have, and the canary can use, what the present step asks for. */
export function atDesiredCounts(view: RolloutView): boolean {
  const { newest, stable, canary, others, replicas } = view;
  if (!newest) return false;
  const routing = canary?.trafficRouting !== undefined;
  const goal = routing
    ? canaryCounts(view)
    : approximate(replicas, desiredWeight(view) / maximumWeight(canary));
  if (wantedOf(newest) !== goal.canary || availableOf(newest) < goal.canary) {
    return false;
  }
  if (stable && stable !== newest && canary?.dynamicStableScale !== true) {
    const running = asNumber(stable.status?.replicas) ?? 0;
    if (wantedOf(stable) !== goal.stable || running < goal.stable) return false;
  }
  return routing || sum(others, availableOf) === 0;
}

/** Pause conditions by reason. */
export function pauseCondition(
  status: Readonly<Record<string, unknown>>,
  reason: string,
) {
  return asObjects(status.pauseConditions).find(
    entry => entry.reason === reason,
  );
}
