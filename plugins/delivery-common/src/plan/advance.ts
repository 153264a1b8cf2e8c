import type { CanaryEvent } from '../canary/schema';
import { stepTitle } from './describe';
import { isSameRoutes, type PlanFacts } from './facts';
import type { CanaryPlan } from './schema';
import { isOver, type PlanState } from './state';
import { targetOf } from './target';
import {
  finishStep,
  startAbort,
  startPhase,
  startStage,
  type Advance,
} from './transitions';

/** Who decides where no person does. @public */
export const PLAN_ACTOR = 'plan';

const SECOND = 1000;
/** Looks whose measurements are kept for people to see. */
const KEPT_LOOKS = 40;

const elapsedSeconds = (since: string, now: string) =>
  (Date.parse(now) - Date.parse(since)) / SECOND;

function giveUp(state: PlanState, now: string): Advance {
  const sentence =
    'The stable Deployment was deleted by someone: routes are left as they are, see to them';
  const { state: failed, events } = startPhase(state, 'failed', now, {
    at: now,
    kind: 'problem',
    title: 'Given up',
    detail: sentence,
  });
  return {
    state: { ...failed, problem: { since: now, sentence } },
    events,
  };
}

function withEvents(before: CanaryEvent[], advance: Advance): Advance {
  return { state: advance.state, events: [...before, ...advance.events] };
}

function takeVerdict(
  state: PlanState,
  { verdict, measured = [], now }: PlanFacts,
): { state: PlanState; events: CanaryEvent[] } {
  if (!verdict) {
    return { state, events: [] };
  }
  const isNew = verdict.state !== state.verdict?.state;
  return {
    state: {
      ...state,
      verdict,
      lookedAt: now,
      looks: state.looks + 1,
      measured: [
        ...(state.measured ?? []).slice(1 - KEPT_LOOKS),
        { at: now, metrics: [...measured] },
      ],
    },
    events: isNew
      ? [
          {
            at: now,
            kind: 'analysis',
            title: `Verdict: ${verdict.state}`,
            detail: verdict.sentence,
          },
        ]
      : [],
  };
}

/** Why a plan must not go on, or undefined. */
function reasonToAbort(
  plan: CanaryPlan,
  state: PlanState,
  { stable, canary, now }: PlanFacts,
): string | undefined {
  const isTesting = state.phase === 'preparing' || state.phase === 'stepping';
  if (!isTesting) {
    return undefined;
  }
  const began = state.steps.preparing?.startedAt ?? state.phaseSince;
  if (stable.image === plan.image) {
    return `The stable Deployment was changed by someone: it runs ${plan.image} already`;
  }
  if (state.phase === 'stepping' && !canary.exists) {
    return 'The Deployment of the canary was deleted by someone';
  }
  if (canary.exists && canary.isHopeless) {
    return `Pods of the canary do not run: ${canary.problem ?? 'unknown'}`;
  }
  if (state.phase === 'stepping' && canary.readyPods === 0) {
    return `No pod of the canary is ready: ${
      canary.problem ?? 'the reason is not known'
    }`;
  }
  if (
    state.phase === 'preparing' &&
    elapsedSeconds(state.phaseSince, now) > plan.readySeconds
  ) {
    return `Pods of the canary were not ready within ${plan.readySeconds} s${
      canary.problem ? `: ${canary.problem}` : ''
    }`;
  }
  if (elapsedSeconds(began, now) > plan.deadlineSeconds) {
    return `The plan was not over within ${plan.deadlineSeconds} s`;
  }
  if (
    state.phase === 'stepping' &&
    state.verdict?.state === 'abort' &&
    plan.onFailure === 'abort'
  ) {
    return state.verdict.sentence;
  }
  return undefined;
}

type Step = (
  plan: CanaryPlan,
  state: PlanState,
  facts: PlanFacts,
) => Advance | undefined;

function isRouted(plan: CanaryPlan, state: PlanState, facts: PlanFacts) {
  const target = targetOf(plan, state);
  return target !== undefined && isSameRoutes(facts.routes, target.routes);
}

const prepare: Step = (plan, state, facts) => {
  const { canary, now } = facts;
  if (!canary.exists || !canary.isRolledOut || !isRouted(plan, state, facts)) {
    return undefined;
  }
  return startPhase(state, 'stepping', now, {
    at: now,
    kind: 'step',
    title: 'The canary is ready',
    detail: `${canary.readyPods} of ${canary.desiredPods} pods`,
  });
};

const step: Step = (plan, state, facts) => {
  const { now } = facts;
  const routed = isRouted(plan, state, facts);
  // Analysis begins when requests really go where the step wants them.
  const current: PlanState = {
    ...state,
    routedSince: routed ? state.routedSince ?? now : undefined,
  };
  const present = plan.steps[state.stepIndex];
  if (!routed || current.hold) {
    return { state: current, events: [] };
  }
  if (present === undefined) {
    const mayPromote = plan.onSuccess === 'promote' || current.approval;
    return mayPromote && isFitToPromote(plan, current)
      ? startStage(startPhase(current, 'promoting', now).state, 'shift', now)
      : { state: current, events: [] };
  }
  const isEnd = isStepOver(plan, current, facts);
  return isEnd
    ? finishStep(current, now, {
        at: now,
        kind: 'step',
        title: stepTitle(present),
        detail: `Step ${state.stepIndex + 1} of ${plan.steps.length}`,
      })
    : { state: current, events: [] };
};

/** Without an analysis nothing is judged; with one, missing data is not good data. */
function isJudgedFit(plan: CanaryPlan, state: PlanState): boolean {
  return (
    !plan.analysis ||
    state.approval !== undefined ||
    state.verdict?.state === 'go'
  );
}

/** A last step that waits has judged already what would be promoted. */
function isFitToPromote(plan: CanaryPlan, state: PlanState): boolean {
  const last = plan.steps.at(-1);
  const hasWaited =
    last !== undefined && ['pause', 'analysis', 'approval'].includes(last.kind);
  return (
    (hasWaited && state.manualWeight === undefined) || isJudgedFit(plan, state)
  );
}

function isStepOver(
  plan: CanaryPlan,
  state: PlanState,
  { now }: PlanFacts,
): boolean {
  const present = plan.steps[state.stepIndex];
  switch (present.kind) {
    case 'pause':
      return (
        elapsedSeconds(state.stepSince, now) >= present.seconds &&
        isJudgedFit(plan, state)
      );
    case 'analysis':
      return state.verdict?.state === 'go' || state.approval !== undefined;
    case 'approval':
      return state.approval !== undefined;
    default:
      return true;
  }
}

const promote: Step = (plan, state, facts) => {
  const { stable, canary, now } = facts;
  const routed = isRouted(plan, state, facts);
  switch (state.stage) {
    case 'shift':
      return routed ? startStage(state, 'update-stable', now) : undefined;
    case 'update-stable':
      return stable.image === plan.image && stable.isRolledOut
        ? startStage(state, 'return', now)
        : undefined;
    case 'return':
      return routed ? startStage(state, 'retire', now) : undefined;
    default:
      return !canary.exists && routed
        ? startPhase(state, 'done', now, {
            at: now,
            kind: 'step',
            title: 'Promoted',
            detail: `All requests go to ${plan.image}`,
          })
        : undefined;
  }
};

const abort: Step = (plan, state, facts) => {
  const { canary, now } = facts;
  if (!isRouted(plan, state, facts)) {
    return undefined;
  }
  if (state.stage !== 'retire') {
    return startStage(state, 'retire', now, {
      at: now,
      kind: 'step',
      title: 'All traffic is back at the stable version',
    });
  }
  return canary.exists
    ? undefined
    : startPhase(state, 'aborted', now, {
        at: now,
        kind: 'step',
        title: 'Aborted',
        detail: state.abort?.reason,
      });
};

const ADVANCE: Partial<Record<PlanState['phase'], Step>> = {
  preparing: prepare,
  stepping: step,
  promoting: promote,
  aborting: abort,
};

/**
 * One look at a plan: from where it was and what is seen now to where it is.
 * It moves at most one state on, and only on what was seen, so that a driver
 * may stop and resume anywhere.
 *
 * @public
 */
export function advancePlan(
  plan: CanaryPlan,
  state: PlanState,
  facts: PlanFacts,
): Advance {
  if (isOver(state)) {
    return { state, events: [] };
  }
  const looked = takeVerdict(state, facts);
  if (!facts.stable.exists) {
    // There is nowhere to put traffic back to: what routes do is left alone.
    return giveUp(state, facts.now);
  }
  if (state.phase !== 'aborting') {
    const reason = reasonToAbort(plan, looked.state, facts);
    if (reason) {
      return withEvents(
        looked.events,
        startAbort(looked.state, PLAN_ACTOR, reason, facts.now),
      );
    }
  }
  const next = ADVANCE[state.phase]?.(plan, looked.state, facts);
  return withEvents(looked.events, next ?? { state: looked.state, events: [] });
}
