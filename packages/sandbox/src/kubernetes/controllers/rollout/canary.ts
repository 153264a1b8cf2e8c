import { asNumber, asObject, asText, type JsonObject } from '../../values';
import type { ControllerContext } from '../context';
import { rolloutLimits } from '../rolling-update';
import { goDuration } from './go-duration';
import { atDesiredCounts, canaryCounts, pauseCondition } from './canary-counts';
import { followExperiment } from './experiment-step';
import type { Pauses } from './pauses';
import { canaryPlans, isSuccessful, runAnalyses } from './run-analyses';
import {
  availableOf,
  currentStep,
  isFullyPromoted,
  revisionOfRollout,
  rolloutComponent,
  stepText,
  wantedOf,
  type RolloutView,
} from './rollout';
import { keepSet, resizeSet, scaleDownLater } from './sets';
import { routeTraffic } from './traffic';

const stepPause = 'CanaryPauseStep';

/** What a strategy decided: fields of the status, and when to look again. */
export interface StrategyResult {
  fields: JsonObject;
  /** Milliseconds since the epoch. */
  due: number[];
}

function resizeOthers(
  context: ControllerContext,
  view: RolloutView,
  due: number[],
): void {
  const { canary, others, all, replicas, rollout } = view;
  const delay = asNumber(canary?.scaleDownDelaySeconds) ?? 30;
  if (canary?.trafficRouting) {
    for (const set of others) {
      const kept = isFullyPromoted(view) && canary.dynamicStableScale !== true;
      const later = kept
        ? scaleDownLater(context, view, set, delay)
        : resizeSet(context, view, set, 0);
      if (later !== undefined) due.push(later);
    }
    return;
  }
  const limits = rolloutLimits(
    { ...rollout, spec: { strategy: { rollingUpdate: canary } } },
    replicas,
  );
  let spare =
    all.reduce((sum, set) => sum + availableOf(set), 0) -
    (replicas - limits.maxUnavailable);
  for (const set of others) {
    const idle = Math.max(wantedOf(set) - availableOf(set), 0);
    const removed = Math.min(wantedOf(set), idle + Math.max(spare, 0));
    resizeSet(context, view, set, wantedOf(set) - removed);
    spare -= removed - Math.min(idle, removed);
  }
}

function resize(
  context: ControllerContext,
  view: RolloutView,
  pauses: Pauses,
): number[] {
  const { canary, newest, stable, replicas } = view;
  const due: number[] = [];
  const counts = canaryCounts(view);
  if (stable && stable !== newest) {
    resizeSet(context, view, stable, counts.stable);
  }
  const lingers =
    pauses.aborted &&
    canary?.trafficRouting !== undefined &&
    stable !== undefined &&
    stable !== newest &&
    (canary.dynamicStableScale !== true ||
      canary.abortScaleDownDelaySeconds !== undefined);
  const delay = asNumber(canary?.abortScaleDownDelaySeconds) ?? 30;
  if (!newest) return due;
  if (!lingers) {
    keepSet(context, newest);
    resizeSet(context, view, newest, counts.canary);
  } else if (delay > 0 && availableOf(stable) >= replicas) {
    const later = scaleDownLater(context, view, newest, delay);
    if (later !== undefined) due.push(later);
  }
  resizeOthers(context, view, due);
  return due;
}

function pauseAtStep(view: RolloutView, pauses: Pauses, due: number[]): void {
  const step = currentStep(view);
  if (!step?.pause || view.rollout.spec?.paused || pauses.aborted) return;
  if (view.status.promoteFull === true) return;
  const pause = pauseCondition(view.status, stepPause);
  const duration = goDuration(asObject(step.pause).duration);
  if (!pause) {
    if (view.status.controllerPause !== true) pauses.add(stepPause);
  } else if (duration !== undefined) {
    due.push(Date.parse(asText(pause.startTime) ?? '') + duration);
  }
}

function pauseIsOver(
  view: RolloutView,
  step: JsonObject,
  now: number,
): boolean {
  const pause = pauseCondition(view.status, stepPause);
  if (view.status.controllerPause === true && !pause) return true;
  const duration = goDuration(asObject(step.pause).duration);
  if (!pause || duration === undefined) return false;
  return now >= Date.parse(asText(pause.startTime) ?? '') + duration;
}

function stepIsDone(
  view: RolloutView,
  step: JsonObject,
  fields: JsonObject,
  now: number,
): boolean {
  if (view.rollout.spec?.paused) return false;
  if (step.pause) return pauseIsOver(view, step, now);
  if (step.setWeight !== undefined || step.setCanaryScale) {
    return atDesiredCounts(view);
  }
  if (step.analysis) {
    return isSuccessful(fields, 'currentStepAnalysisRunStatus');
  }
  if (step.experiment) return fields.experimentPhase === 'Successful';
  return Boolean(step.setHeaderRoute || step.setMirrorRoute);
}

/** Why the newest ReplicaSet becomes the stable one now; undefined when it does not. */
function promotion(view: RolloutView, pauses: Pauses): string | undefined {
  const { stable, newest, status, steps, stepIndex, replicas } = view;
  if (!stable) return 'Initial deploy';
  if (pauses.aborted || !newest || availableOf(newest) < replicas) {
    return undefined;
  }
  if (status.promoteFull === true) return 'Full promotion requested';
  return steps.length === 0 || stepIndex === steps.length
    ? `Completed all ${steps.length} canary steps`
    : undefined;
}

/**
 * One reconciliation of a canary.
 * @throws Error when traffic or an analysis cannot be set up
 */
export function reconcileCanary(
  context: ControllerContext,
  view: RolloutView,
  pauses: Pauses,
): StrategyResult {
  const { status, rollout, hash, steps } = view;
  const before = asObject(status.canary);
  const now = context.clock.now();
  const due: number[] = [];
  const full = status.promoteFull === true && steps.length > 0;
  if (full) pauses.reset();
  const weights = routeTraffic(context, view);
  const fields = {
    ...followExperiment(context, view, pauses),
    ...runAnalyses(context, view, pauses, canaryPlans(view), before),
  };
  due.push(...resize(context, view, pauses));
  pauseAtStep(view, pauses, due);
  const { experimentPhase: _phase, ...named } = fields as JsonObject;
  const canary: JsonObject = { ...(weights ? { weights } : {}), ...named };
  const result = (more: JsonObject): StrategyResult => ({
    fields: { canary, ...more },
    due,
  });
  const reason = promotion(view, pauses);
  if (reason !== undefined) {
    pauses.reset();
    if (status.stableRS !== hash) {
      context.events.record(
        rollout,
        'Normal',
        'RolloutCompleted',
        `Rollout completed update to revision ${revisionOfRollout(
          rollout,
        )} (${hash}): ${reason}`,
        rolloutComponent,
      );
    }
    return result({
      stableRS: hash,
      promoteFull: undefined,
      ...(steps.length ? { currentStepIndex: steps.length } : {}),
    });
  }
  const { stepIndex } = view;
  if (stepIndex === undefined) return result({});
  if (pauses.aborted) {
    return result({
      currentStepIndex: isFullyPromoted(view) ? steps.length : 0,
    });
  }
  const step = full ? undefined : currentStep(view);
  if (!step || !stepIsDone(view, step, fields, now)) {
    return result({ currentStepIndex: full ? steps.length : stepIndex });
  }
  pauses.remove(stepPause);
  delete canary.currentStepAnalysisRunStatus;
  context.events.record(
    rollout,
    'Normal',
    'RolloutStepCompleted',
    `Rollout step ${stepIndex + 1}/${steps.length} completed (${stepText(
      step,
    )})`,
    rolloutComponent,
  );
  return result({ currentStepIndex: stepIndex + 1 });
}
