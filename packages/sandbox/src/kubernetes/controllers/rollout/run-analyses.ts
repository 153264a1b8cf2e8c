import type { KubernetesObject } from '../../store';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  type JsonObject,
} from '../../values';
import type { ControllerContext } from '../context';
import {
  argumentsOf,
  cancelRuns,
  completedPhases,
  forgetRuns,
  runsOf,
  runStatus,
  startAnalysis,
} from './analysis';
import { pauseCondition } from './canary-counts';
import type { Pauses } from './pauses';
import {
  currentStep,
  isFullyPromoted,
  revisionOfRollout,
  rolloutComponent,
  rolloutHashLabel,
  type RolloutView,
} from './rollout';

/** Reason of the pause while an analysis has not come to a conclusion. */
export const inconclusivePause = 'InconclusiveAnalysisRun';

/** One analysis that a Rollout may run. */
export interface AnalysisPlan {
  /** Field of the strategy's status that names its run. */
  field: string;
  /** How events and labels name its kind. */
  type: 'Step' | 'Background' | 'PrePromotion' | 'PostPromotion';
  analysis: JsonObject;
  labels: Record<string, string>;
  /** Last part of the run's name. */
  suffix: string;
  /** What the Rollout says when the run fails. */
  failure: string;
}

const emptyAnalysis = (analysis: JsonObject) =>
  asObjects(analysis.templates).length === 0;

/** Analyses that the present state of a canary asks for. */
export function canaryPlans(view: RolloutView): AnalysisPlan[] {
  const { canary, stepIndex, steps } = view;
  const plans: AnalysisPlan[] = [];
  const step = currentStep(view);
  if (step?.analysis && stepIndex !== undefined) {
    plans.push({
      field: 'currentStepAnalysisRunStatus',
      type: 'Step',
      analysis: asObject(step.analysis),
      labels: { 'rollout-type': 'Step', 'step-index': String(stepIndex) },
      suffix: `-${stepIndex}`,
      failure: 'Step-based analysis phase error/failed',
    });
  }
  const background = asObject(canary?.analysis);
  const from = asNumber(background.startingStep) ?? 0;
  if (canary?.analysis && (stepIndex ?? steps.length) >= from) {
    plans.push({
      field: 'currentBackgroundAnalysisRunStatus',
      type: 'Background',
      analysis: background,
      labels: { 'rollout-type': 'Background' },
      suffix: '',
      failure: 'Background analysis phase error/failed',
    });
  }
  return plans.filter(({ analysis }) => !emptyAnalysis(analysis));
}

function findRun(
  runs: readonly KubernetesObject[],
  known: string | undefined,
  plan: AnalysisPlan,
): KubernetesObject | undefined {
  const run = runs.find(({ metadata }) => metadata.name === known);
  const step = plan.labels['step-index'];
  return run && (!step || run.metadata.labels?.['step-index'] === step)
    ? run
    : undefined;
}

function announce(
  context: ControllerContext,
  view: RolloutView,
  plan: AnalysisPlan,
  before: JsonObject,
  run: KubernetesObject,
): void {
  const phase = asText(run.status?.phase);
  if (
    !phase ||
    (before.name === run.metadata.name && before.status === phase)
  ) {
    return;
  }
  const previous =
    before.name === run.metadata.name
      ? asText(before.status) ?? 'NoPreviousStatus'
      : 'NoPreviousStatus';
  context.events.record(
    view.rollout,
    phase === 'Failed' || phase === 'Error' ? 'Warning' : 'Normal',
    `AnalysisRun${phase}`,
    `${plan.type} Analysis Run '${run.metadata.name}' Status New: '${phase}' Previous: '${previous}'`,
    rolloutComponent,
  );
}

/** Whether a run that did not conclude is to be repeated, as its pause was ended by hand. */
function repeats(view: RolloutView, run: KubernetesObject): boolean {
  return (
    run.status?.phase === 'Inconclusive' &&
    view.status.controllerPause === true &&
    !pauseCondition(view.status, inconclusivePause)
  );
}

function judge(
  plan: AnalysisPlan,
  run: KubernetesObject,
  pauses: Pauses,
): void {
  const phase = asText(run.status?.phase);
  if (phase === 'Inconclusive') pauses.add(inconclusivePause);
  if (phase === 'Failed' || phase === 'Error') {
    const message = asText(run.status?.message);
    pauses.abort(message ? `${plan.failure}: ${message}` : plan.failure);
  }
}

/**
 * Starts, follows and ends the analyses of a Rollout. Returns the status
 * fields that name the present runs.
 * @throws Error when an analysis cannot be started
 */
export function runAnalyses(
  context: ControllerContext,
  view: RolloutView,
  pauses: Pauses,
  plans: readonly AnalysisPlan[],
  before: JsonObject,
): JsonObject {
  const { status, rollout, hash } = view;
  const runs = runsOf(context, view);
  const over =
    isFullyPromoted(view) ||
    pauses.aborted ||
    status.promoteFull === true ||
    status.stableRS === undefined;
  const fields: JsonObject = {};
  const current: KubernetesObject[] = [];
  for (const plan of over ? [] : plans) {
    const known = asObject(before[plan.field]);
    let run = findRun(runs, asText(known.name), plan);
    // A step's analysis does not start while the Rollout is paused.
    const held =
      plan.type === 'Step' && asObjects(status.pauseConditions).length;
    if ((!run || repeats(view, run)) && !held) {
      run = startAnalysis(
        context,
        plan.analysis,
        {
          name: `${rollout.metadata.name}-${hash}-${revisionOfRollout(
            rollout,
          )}${plan.suffix}`,
          labels: { ...plan.labels, [rolloutHashLabel]: hash },
        },
        argumentsOf(view),
      );
    }
    if (!run) continue;
    current.push(run);
    announce(context, view, plan, known, run);
    judge(plan, run, pauses);
    fields[plan.field] = runStatus(run);
  }
  cancelRuns(
    context,
    runs.filter(run => !current.includes(run)),
  );
  forgetRuns(context, view, current);
  return fields;
}

/** Whether the run that a status field names has been successful. */
export function isSuccessful(fields: JsonObject, field: string): boolean {
  return asObject(fields[field]).status === 'Successful';
}

/** Whether the run that a status field names has ended. */
export function hasEnded(fields: JsonObject, field: string): boolean {
  return completedPhases.has(asText(asObject(fields[field]).status) ?? '');
}
