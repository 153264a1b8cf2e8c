import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type {
  Canary,
  CanaryAnalysis,
  CanaryEvent,
  CanaryMetric,
  CanaryPhase,
  CanarySide,
  CanaryWait,
} from '../canary/schema';
import { imageVersion } from '../images';
import type { PlanContext } from './context';
import { secondsInWords } from './describe';
import { routingOf } from './routing';
import type { CanaryPlan } from './schema';
import { isOver, type PlanState } from './state';
import { PROMOTION_NOTES, stepsOfPlan } from './stepsOfPlan';
import { routesAt, targetOf } from './target';
import { planOffers } from './verbs';

/** Id of the engine. @public */
export const ISTIO_ENGINE = 'istio';

type PodCounts = { desiredPods?: number; readyPods?: number };

/** A plan, where it is, and what else is known of it. @public */
export type PlanView = {
  cluster: string;
  namespace: string;
  workload: string;
  plan: CanaryPlan;
  context: PlanContext;
  state: PlanState;
  startedBy: string;
  purpose: string;
  createdAt: string;
  updatedAt: string;
  revision: number;
  events: readonly CanaryEvent[];
  pods?: { stable?: PodCounts; canary?: PodCounts };
};

/** Whom or what a plan waits for. */
export function planWait({
  plan,
  state,
}: Pick<PlanView, 'plan' | 'state'>): CanaryWait | undefined {
  if (state.phase === 'preparing') {
    return {
      for: 'pods',
      since: state.phaseSince,
      sentence: 'Waits for the canary’s pods',
    };
  }
  if (state.phase !== 'stepping') {
    return undefined;
  }
  if (state.hold) {
    return {
      for: 'person',
      since: state.hold.at,
      sentence: `Held by ${state.hold.by}`,
    };
  }
  const step = plan.steps[state.stepIndex];
  const since = state.stepSince;
  const isHeldByJudge = plan.analysis && state.verdict?.state !== 'go';
  if (step?.kind === 'pause') {
    const until = new Date(
      Date.parse(since) + step.seconds * 1000,
    ).toISOString();
    return isHeldByJudge
      ? {
          for: 'analysis',
          since,
          until,
          sentence: `Waits for the analysis: ${
            state.verdict?.sentence ?? 'not looked yet'
          }`,
        }
      : { for: 'time', since, until, sentence: 'Waits for time to pass' };
  }
  if (step?.kind === 'analysis') {
    return {
      for: 'analysis',
      since,
      sentence: `Waits for the analysis: ${
        state.verdict?.sentence ?? 'not looked yet'
      }`,
    };
  }
  const isLast = step === undefined && plan.onSuccess === 'wait';
  return (isLast || step?.kind === 'approval') && !state.approval
    ? {
        for: 'approval',
        since,
        sentence: isLast
          ? 'Waits for an approval of the promotion'
          : 'Waits for an approval',
      }
    : undefined;
}

const PHASES: Record<PlanState['phase'], CanaryPhase> = {
  preparing: 'Progressing',
  stepping: 'Progressing',
  promoting: 'Progressing',
  aborting: 'Progressing',
  done: 'Done',
  aborted: 'Aborted',
  failed: 'Failed',
};

function reasonOf(
  { plan, state }: PlanView,
  wait: CanaryWait | undefined,
): string {
  if (state.problem) {
    return state.problem.sentence;
  }
  switch (state.phase) {
    case 'aborting':
      return `Traffic is being put back: ${state.abort?.reason}`;
    case 'aborted':
      return state.abort?.reason ?? 'Aborted';
    case 'done':
      return `${imageVersion(plan.image)} has all traffic`;
    case 'promoting':
      return PROMOTION_NOTES[state.stage ?? ''] ?? 'Being promoted';
    default:
      return wait?.sentence ?? 'Routes are being changed';
  }
}

function sideOf(
  view: PlanView,
  name: string,
  image: string,
  podSelector: Record<string, string>,
  pods: PodCounts | undefined,
): CanarySide {
  const { cluster, namespace } = view;
  return {
    version: imageVersion(image),
    image,
    workload: formatRef({
      type: 'workload',
      cluster,
      namespace,
      kind: 'Deployment',
      name,
    }),
    podSelector,
    ...pods,
    telemetry: { workload: name },
  };
}

function policyOf({ plan }: PlanView): string {
  const { analysis } = plan;
  const limits = [
    analysis?.maximumErrorIncreasePoints !== undefined &&
      `errors exceed stable’s by more than ${analysis.maximumErrorIncreasePoints} points`,
    analysis?.maximumP95IncreasePercent !== undefined &&
      `p95 exceeds stable’s by more than ${analysis.maximumP95IncreasePercent} %`,
    ...(analysis?.metrics ?? []).map(({ name }) => `${name} is out of range`),
  ].filter(Boolean);
  const what =
    limits.length > 0
      ? `${
          plan.onFailure === 'abort' ? 'Aborts itself' : 'Stops'
        } if ${limits.join(' or ')}. If metrics are missing it holds.`
      : 'Only pods are watched: no metric stops it.';
  return `${what} Over within ${secondsInWords(plan.deadlineSeconds)}.`;
}

function metricsOf({ measured = [] }: PlanState): CanaryMetric[] {
  const last = measured.at(-1);
  return (last?.metrics ?? []).map(({ name, state, sentence }) => ({
    name,
    state,
    sentence,
    measurements: measured.flatMap(({ at, metrics }) =>
      metrics
        .filter(metric => metric.name === name)
        .map(metric => ({ at, value: metric.value, state: metric.state })),
    ),
  }));
}

const VERDICT_STATES = {
  go: 'passing',
  hold: 'inconclusive',
  abort: 'failing',
} as const;

function analysesOf({ state, plan }: PlanView): CanaryAnalysis[] {
  if (!plan.analysis || !state.verdict) {
    return [];
  }
  const { verdict } = state;
  return [
    {
      name: `Step ${state.stepIndex + 1}`,
      state: VERDICT_STATES[verdict.state],
      sentence: `${verdict.sentence} (look ${state.looks})`,
      stepIndex: state.stepIndex,
      startedAt: state.routedSince,
      metrics: metricsOf(state),
    },
  ];
}

/** A plan of our own in the words of all engines. @public */
export function canaryOfPlan(view: PlanView): Canary {
  const { cluster, namespace, workload, plan, context, state } = view;
  const waitsFor = planWait(view);
  const stable = sideOf(
    view,
    workload,
    state.phase === 'done' ? plan.image : context.oldImage,
    context.stableLabels,
    view.pods?.stable,
  );
  const canary = sideOf(
    view,
    context.canaryWorkload,
    plan.image,
    context.canaryLabels,
    view.pods?.canary,
  );
  const steps = stepsOfPlan(view);
  const routes = targetOf(plan, state)?.routes;
  const isPaused =
    waitsFor && ['approval', 'person'].includes(waitsFor.for) && !state.problem;
  return {
    ref: formatRef({
      type: 'workload',
      cluster,
      namespace,
      kind: 'CanaryPlan',
      name: workload,
    }),
    engine: ISTIO_ENGINE,
    engineTitle: 'Istio',
    app: context.app,
    services: [
      formatRef({ type: 'service', cluster, namespace, name: context.service }),
    ],
    phase: isPaused ? 'Paused' : PHASES[state.phase],
    reason: reasonOf(view, waitsFor),
    waitsFor,
    stepIndex: state.phase === 'done' ? steps.length : state.stepIndex,
    stepCount: steps.length,
    stableVersion: imageVersion(context.oldImage),
    canaryVersion: imageVersion(plan.image),
    weights:
      routes && routes !== 'original'
        ? { desired: routes.weight, desiredBy: 'routes' }
        : {},
    startedAt: view.createdAt,
    startedBy: view.startedBy,
    changedAt: state.stepSince,
    verdict: state.verdict,
    steps,
    stable,
    canary: isOver(state) ? undefined : canary,
    analyses: analysesOf(view),
    events: [...view.events],
    offers: planOffers(plan, state, {
      stable: imageVersion(context.oldImage),
      canary: imageVersion(plan.image),
    }),
    purpose: view.purpose,
    policy: policyOf(view),
    routing: routingOf(context),
    resourceVersion: String(view.revision),
    warnings:
      routesAt(plan.steps, plan.steps.length - 1).mirrorPercent > 0
        ? [
            {
              code: 'mirror',
              message:
                'Mirrored requests are really carried out by the canary: what they write is written twice.',
            },
          ]
        : [],
  };
}
