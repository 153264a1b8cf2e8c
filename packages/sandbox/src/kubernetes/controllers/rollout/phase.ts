import type { KubernetesObject } from '../../store';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  type JsonObject,
} from '../../values';

/** The phase of a Rollout and why, from its spec and the rest of its status. */
export function rolloutPhase(
  rollout: KubernetesObject,
  status: JsonObject,
): { phase: string; message?: string } {
  const spec = rollout.spec ?? {};
  const strategy = asObject(spec.strategy);
  for (const condition of asObjects(status.conditions)) {
    if (condition.type === 'InvalidSpec') {
      return {
        phase: 'Degraded',
        message: `InvalidSpec: ${condition.message}`,
      };
    }
    if (
      condition.reason === 'RolloutAborted' ||
      condition.reason === 'ProgressDeadlineExceeded'
    ) {
      return {
        phase: 'Degraded',
        message: `${condition.reason}: ${condition.message}`,
      };
    }
  }
  if (spec.paused === true) {
    return { phase: 'Paused', message: 'manually paused' };
  }
  const [pause] = asObjects(status.pauseConditions);
  if (pause) return { phase: 'Paused', message: asText(pause.reason) };
  const progressing = (message: string) => ({ phase: 'Progressing', message });
  if (spec.restartAt && spec.restartAt !== status.restartedAt) {
    return progressing('rollout is restarting');
  }
  const updated = asNumber(status.updatedReplicas) ?? 0;
  if (updated < (asNumber(spec.replicas) ?? 1)) {
    return progressing('more replicas need to be updated');
  }
  if ((asNumber(status.availableReplicas) ?? 0) < updated) {
    return progressing('updated replicas are still becoming available');
  }
  const promoted =
    status.stableRS !== undefined && status.stableRS === status.currentPodHash;
  if (strategy.blueGreen) {
    const active = asObject(status.blueGreen).activeSelector;
    if (!active || active !== status.currentPodHash) {
      return progressing('active service cutover pending');
    }
    if (!promoted) {
      return progressing(
        asObject(strategy.blueGreen).postPromotionAnalysis
          ? 'waiting for analysis to complete'
          : 'waiting for post-promotion verification to complete',
      );
    }
    return { phase: 'Healthy' };
  }
  const routed = asObject(strategy.canary).trafficRouting !== undefined;
  if (!routed && (asNumber(status.replicas) ?? 0) > updated) {
    return progressing('old replicas are pending termination');
  }
  return promoted
    ? { phase: 'Healthy' }
    : progressing('waiting for all steps to complete');
}
