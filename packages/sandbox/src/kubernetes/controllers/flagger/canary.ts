import { contentHash } from '../../names';
import type { KubernetesObject } from '../../store';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  asTexts,
  type JsonObject,
} from '../../values';
import { goDuration } from '../rollout/go-duration';

export const canaries = 'canaries.flagger.app';
export const deployments = 'deployments.apps';

/** Finalizer with which Flagger puts things back before a Canary goes. */
export const finalizer = 'finalizer.flagger.app';

/** All traffic together. */
export const totalWeight = 100;

/** Labels that may tell the two sides' pods apart, the first one in use does. */
const selectorLabels = ['app', 'name', 'app.kubernetes.io/name'];

/** A Canary's spec in the form that the controller reads. */
export interface CanaryView {
  canary: KubernetesObject;
  namespace: string;
  /** Deployment that people change. */
  target: string;
  /** Deployment that serves. */
  primary: string;
  /** Services. */
  apex: string;
  phase: string;
  status: JsonObject;
  analysis: JsonObject;
  intervalMilliseconds: number;
  threshold: number;
  maxWeight: number;
}

export function viewCanary(canary: KubernetesObject): CanaryView {
  const spec = canary.spec ?? {};
  const analysis = asObject(spec.analysis);
  const target = asText(asObject(spec.targetRef).name) ?? '';
  const status = canary.status ?? {};
  const weights = Array.isArray(analysis.stepWeights)
    ? analysis.stepWeights.map(Number)
    : [];
  return {
    canary,
    namespace: canary.metadata.namespace ?? 'default',
    target,
    primary: `${target}-primary`,
    apex: asText(asObject(spec.service).name) ?? target,
    phase: asText(status.phase) ?? '',
    status,
    analysis,
    intervalMilliseconds: goDuration(analysis.interval) ?? 60_000,
    threshold: asNumber(analysis.threshold) ?? 1,
    maxWeight: weights.length
      ? Math.min(totalWeight, weights[weights.length - 1])
      : asNumber(analysis.maxWeight) || totalWeight,
  };
}

/** Hash of what people deploy: a change of it is a new revision. */
export function specHash(target: KubernetesObject): string {
  return contentHash(asObject(target.spec?.template));
}

/** Label and value that select the target's pods. @throws Error without one that Flagger knows */
export function selectorOf(target: KubernetesObject): {
  label: string;
  value: string;
} {
  const labels = asTexts(asObject(target.spec?.selector).matchLabels);
  const label = selectorLabels.find(name => labels[name] !== undefined);
  if (!label) {
    throw new Error(
      `deployment ${target.metadata.name}.${target.metadata.namespace} spec.selector.matchLabels must contain one of [app name app.kubernetes.io/name]`,
    );
  }
  return { label, value: labels[label] };
}

/** How much more weight the next step gives; 0 when the analysis has no weights. */
export function nextStepWeight(
  { analysis }: CanaryView,
  weight: number,
): number {
  const steps = Array.isArray(analysis.stepWeights)
    ? analysis.stepWeights.map(Number)
    : [];
  const step = asNumber(analysis.stepWeight) ?? 0;
  if (step > 0 || steps.length === 0) return step;
  const left = totalWeight - weight;
  if (left === 0) return 1;
  if (weight === 0) return Math.min(left, steps[0]);
  const index = steps.indexOf(weight);
  return index >= 0 && index < steps.length - 1
    ? Math.min(left, steps[index + 1] - weight)
    : left;
}

/** Why a Deployment is not ready; undefined when it is. `final` when waiting does not help. */
export function notReady(
  deployment: KubernetesObject | undefined,
  name: string,
  deadlineSeconds: number,
  thresholdPercent: number,
  now: number,
): { message: string; final: boolean } | undefined {
  if (!deployment)
    return { message: `deployment ${name} not found`, final: false };
  const status = deployment.status ?? {};
  const count = (field: string) => asNumber(status[field]) ?? 0;
  const wanted = asNumber(deployment.spec?.replicas) ?? 1;
  const wait = (text: string, final = false) => ({
    message: `waiting for rollout to finish: ${text}`,
    final,
  });
  if ((deployment.metadata.generation ?? 1) > count('observedGeneration')) {
    return wait('observed deployment generation less than desired generation');
  }
  const conditions = asObjects(status.conditions);
  const progress = conditions.find(({ type }) => type === 'Progressing');
  const available = conditions.find(({ type }) => type === 'Available');
  const late =
    available?.status === 'False' &&
    Date.parse(asText(available.lastUpdateTime) ?? '') +
      deadlineSeconds * 1000 <
      now;
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    return {
      message: `deployment "${name}" exceeded its progress deadline`,
      final: true,
    };
  }
  const updated = count('updatedReplicas');
  if (updated < wanted) {
    return wait(
      `${updated} out of ${wanted} new replicas have been updated`,
      late,
    );
  }
  if (count('replicas') > updated) {
    return wait(
      `${count('replicas') - updated} old replicas are pending termination`,
      late,
    );
  }
  const least = Math.floor((updated * thresholdPercent) / 100);
  if (count('availableReplicas') < least) {
    return wait(
      `${count(
        'availableReplicas',
      )} of ${least} (readyThreshold ${thresholdPercent}%) updated replicas are available`,
      late,
    );
  }
  return undefined;
}
