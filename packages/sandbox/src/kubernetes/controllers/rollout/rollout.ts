import { defaultPodSpec } from '../../defaults/pod-spec';
import { contentHash } from '../../names';
import type { KubernetesObject } from '../../store';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  type JsonObject,
} from '../../values';
import type { ControllerContext } from '../context';
import { ownedObjects } from '../replicas';

/** Collections that the controller works on. */
export const rollouts = 'rollouts.argoproj.io';
export const replicaSets = 'replicasets.apps';
export const analysisRuns = 'analysisruns.argoproj.io';
export const experiments = 'experiments.argoproj.io';

/** Label that tells the pods of one template of a Rollout from those of another. */
export const rolloutHashLabel = 'rollouts-pod-template-hash';

/** Annotation that numbers the revisions of a Rollout. */
export const rolloutRevision = 'rollout.argoproj.io/revision';

/** Annotation of a ReplicaSet that is to be scaled down at an instant. */
export const scaleDownDeadline = 'scale-down-deadline';

/** Name under which the controller records events. */
export const rolloutComponent = 'rollouts-controller';

/** A Rollout with its ReplicaSets, as one reconciliation sees them. */
export interface RolloutView {
  rollout: KubernetesObject;
  status: JsonObject;
  replicas: number;
  /** Hash of the template that is asked for. */
  hash: string;
  canary?: JsonObject;
  blueGreen?: JsonObject;
  steps: JsonObject[];
  /** Index of the current step; undefined without steps. */
  stepIndex?: number;
  /** The ReplicaSet of the template that is asked for. */
  newest?: KubernetesObject;
  stable?: KubernetesObject;
  /** Those that are neither. */
  others: KubernetesObject[];
  all: KubernetesObject[];
}

/**
 * Hash of a pod template, as the label carries it. Templates that differ in
 * nothing but the API server's defaults are one: a Rollout has them as they
 * were written, and its ReplicaSets, from which people copy, with all defaults.
 */
export function templateHash(rollout: KubernetesObject): string {
  const template = asObject(rollout.spec?.template);
  return contentHash({
    ...template,
    spec: defaultPodSpec(asObject(template.spec)),
  });
}

/** Hash of the steps; a change of the steps starts them anew. */
export function stepHash(steps: readonly JsonObject[]): string {
  return contentHash({ steps });
}

export function revisionOfRollout(object: KubernetesObject): number {
  return Number(object.metadata.annotations?.[rolloutRevision] ?? 0) || 0;
}

export function hashOf(set: KubernetesObject | undefined): string {
  return set?.metadata.labels?.[rolloutHashLabel] ?? '';
}

export function availableOf(set: KubernetesObject | undefined): number {
  return asNumber(set?.status?.availableReplicas) ?? 0;
}

export function wantedOf(set: KubernetesObject | undefined): number {
  return set ? asNumber(set.spec?.replicas) ?? 0 : 0;
}

/** Whether what is asked for is what is stable. */
export function isFullyPromoted({ status, hash }: RolloutView): boolean {
  return asText(status.stableRS) === hash;
}

export function isAborted(status: JsonObject): boolean {
  return status.abort === true;
}

/** Weight of all traffic together, 100 unless said otherwise. */
export function maximumWeight(canary: JsonObject | undefined): number {
  return asNumber(asObject(canary?.trafficRouting).maxTrafficWeight) ?? 100;
}

/** Reads a Rollout and what belongs to it. */
export function viewRollout(
  context: ControllerContext,
  rollout: KubernetesObject,
): RolloutView {
  const all = ownedObjects(context, rollout, replicaSets).sort(
    (left, right) => revisionOfRollout(left) - revisionOfRollout(right),
  );
  const status = rollout.status ?? {};
  const strategy = asObject(rollout.spec?.strategy);
  const canary = strategy.canary ? asObject(strategy.canary) : undefined;
  const blueGreen = strategy.blueGreen
    ? asObject(strategy.blueGreen)
    : undefined;
  const hash = templateHash(rollout);
  const steps = asObjects(canary?.steps);
  const newest = all.find(set => hashOf(set) === hash);
  const stableHash = asText(status.stableRS);
  const stable = all.find(set => stableHash && hashOf(set) === stableHash);
  return {
    rollout,
    status,
    replicas: asNumber(rollout.spec?.replicas) ?? 1,
    hash,
    ...(canary ? { canary } : {}),
    ...(blueGreen ? { blueGreen } : {}),
    steps,
    ...(steps.length
      ? { stepIndex: asNumber(status.currentStepIndex) ?? 0 }
      : {}),
    ...(newest ? { newest } : {}),
    ...(stable ? { stable } : {}),
    others: all.filter(set => set !== newest && set !== stable),
    all,
  };
}

/** The step that is being carried out; undefined when none is left. */
export function currentStep({
  steps,
  stepIndex,
}: RolloutView): JsonObject | undefined {
  return stepIndex === undefined ? undefined : steps[stepIndex];
}

/** Weight that the steps up to the present one have set. */
export function currentSetWeight(view: RolloutView): number {
  const { steps, stepIndex, status, canary } = view;
  if (isAborted(status)) return 0;
  if (stepIndex === undefined || stepIndex >= steps.length) {
    return maximumWeight(canary);
  }
  return lastSetWeight(steps, stepIndex);
}

/** Weight of the last `setWeight` up to a step, itself included; 0 when there is none. */
export function lastSetWeight(
  steps: readonly JsonObject[],
  index: number,
): number {
  for (let step = index; step >= 0; step--) {
    const weight = asNumber(steps[step]?.setWeight);
    if (weight !== undefined) return weight;
  }
  return 0;
}

/** A step in a few words, as events name it. */
export function stepText(step: JsonObject): string {
  if (step.setWeight !== undefined) return `setWeight: ${step.setWeight}`;
  if (step.pause) {
    const { duration } = asObject(step.pause);
    return duration === undefined ? 'pause' : `pause: ${duration}`;
  }
  const [name] = Object.keys(step);
  return name ?? 'invalid';
}
