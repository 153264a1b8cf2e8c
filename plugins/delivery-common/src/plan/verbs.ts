import type { CanaryOffer, CanaryVerb } from '../canary/schema';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { stepTitle } from './describe';
import type { CanaryPlan, PlanStep } from './schema';
import { isOver, type PlanState } from './state';
import { routesAt } from './target';
import {
  finishStep,
  startAbort,
  startPhase,
  startStage,
  type Advance,
} from './transitions';

/** Verbs that a plan of our own knows. @public */
export type PlanVerb = Exclude<CanaryVerb, 'undo' | 'restart'>;

/** Who asks for it, why and when; `weight` goes with `set-weight` only. @public */
export type PlanCommand = {
  verb: PlanVerb;
  actor: string;
  reason: string;
  now: string;
  weight?: number;
};

/**
 * A verb that makes no sense in the state that a canary is in by now: someone
 * else was faster, or the plan went on. Routers answer it with 409.
 *
 * @public
 */
export class NotNowError extends Error {
  constructor(message: string) {
    super(message);
    // Backstage's error middleware maps errors to status codes by this name.
    this.name = 'ConflictError';
  }
}

/** What is said on buttons about the two versions. @public */
export type PlanVersions = { stable: string; canary: string };

const isWait = (step: PlanStep | undefined) =>
  step === undefined ||
  step.kind === 'pause' ||
  step.kind === 'approval' ||
  step.kind === 'analysis';

const waitsForApproval = (plan: CanaryPlan, { stepIndex }: PlanState) => {
  const step = plan.steps[stepIndex];
  return step === undefined
    ? plan.onSuccess === 'wait'
    : step.kind === 'approval';
};

/** What comes after the step that is being walked, in words for a button. */
function nextEffect(
  plan: CanaryPlan,
  state: PlanState,
  versions: PlanVersions,
): string {
  const next = plan.steps[state.stepIndex + 1];
  if (next === undefined) {
    return `Promote ${versions.canary}`;
  }
  return next.kind === 'weight'
    ? `Send ${next.weight} % to ${versions.canary}`
    : `Go on: ${stepTitle(next)}`;
}

/** Why a verb cannot be used now, or undefined. */
function refusalOf(
  verb: PlanVerb,
  plan: CanaryPlan,
  state: PlanState,
): string | undefined {
  if (isOver(state)) {
    return verb === 'retry' && state.phase === 'aborted'
      ? undefined
      : 'This canary is over';
  }
  if (verb === 'retry') {
    return 'Only an aborted canary can be tried again';
  }
  if (state.phase === 'aborting') {
    return 'Traffic is being put back';
  }
  if (verb === 'abort') {
    return undefined;
  }
  if (state.phase !== 'stepping') {
    return state.phase === 'preparing'
      ? 'Pods of the canary are not ready yet'
      : 'The promotion is under way';
  }
  switch (verb) {
    case 'pause':
      return state.hold ? 'It is paused already' : undefined;
    case 'resume':
      return state.hold ? undefined : 'It is not paused by a person';
    case 'approve':
    case 'reject':
      return waitsForApproval(plan, state)
        ? undefined
        : 'It does not wait for an approval';
    case 'skip-step':
    case 'promote':
      if (waitsForApproval(plan, state)) {
        return 'It waits for an approval: approve or reject it';
      }
      return isWait(plan.steps[state.stepIndex])
        ? undefined
        : 'Routes are being changed';
    default:
      return undefined;
  }
}

/**
 * What can be done to a plan now, with the words for its buttons. A verb that
 * makes no sense at the moment is left out, unless people would look for it.
 *
 * @public
 */
export function planOffers(
  plan: CanaryPlan,
  state: PlanState,
  versions: PlanVersions,
): CanaryOffer[] {
  const { stable, canary } = versions;
  const next = nextEffect(plan, state, versions);
  const isPromotion = plan.steps[state.stepIndex] === undefined;
  const goOn = isPromotion ? `promote ${canary}` : next;
  const offers: (Omit<CanaryOffer, 'refusal'> & { verb: PlanVerb })[] = [
    offer('approve', `Approve: ${goOn}`, { isPrimary: true }),
    offer('reject', `Reject ${canary}: all traffic back to ${stable}`, {
      isDangerous: true,
    }),
    offer('resume', 'Resume', { isPrimary: true }),
    offer('promote', next, { isPrimary: true }),
    offer('abort', `Abort: all traffic back to ${stable}`, {
      isDangerous: true,
    }),
    offer('pause', `Hold at ${routesAt(plan.steps, state.stepIndex).weight} %`),
    offer('set-weight', `Send another share to ${canary}`),
    offer('promote-full', `Send 100 % to ${canary} now`, {
      isDangerous: true,
    }),
    offer('retry', `Try ${canary} again`),
  ];
  return offers
    .map(item => ({ ...item, refusal: refusalOf(item.verb, plan, state) }))
    .filter(item => item.refusal === undefined);
}

function offer(
  verb: PlanVerb,
  effect: string,
  more: { isPrimary?: boolean; isDangerous?: boolean } = {},
) {
  const { isPrimary = false, isDangerous = false } = more;
  return { verb, effect, isPrimary, isDangerous };
}

/**
 * Does to a plan's state what a person asked for. The driver carries it out.
 *
 * @throws NotNowError where the verb makes no sense in this state
 * @public
 */
export function commandPlan(
  plan: CanaryPlan,
  state: PlanState,
  command: PlanCommand,
): Advance {
  const { verb, actor, reason, now } = command;
  const refusal = refusalOf(verb, plan, state);
  if (refusal) {
    throw new NotNowError(refusal);
  }
  const said = (title: string) => ({
    at: now,
    kind: 'person' as const,
    title,
    detail: reason,
    actor,
  });
  switch (verb) {
    case 'pause':
      return {
        state: { ...state, hold: { by: actor, at: now } },
        events: [said('Paused')],
      };
    case 'resume':
      return {
        state: { ...state, hold: undefined, manualWeight: undefined },
        events: [said('Resumed')],
      };
    case 'approve':
      return {
        state: { ...state, approval: { by: actor, at: now }, hold: undefined },
        events: [said('Approved')],
      };
    case 'reject':
      return startAbort(state, actor, `Rejected: ${reason}`, now);
    case 'abort':
      return startAbort(state, actor, reason, now);
    case 'promote':
    case 'skip-step':
      return finishStep(
        { ...state, hold: undefined },
        now,
        said(`Step ${state.stepIndex + 1} cut short`),
        true,
      );
    case 'promote-full': {
      const { state: promoting } = startPhase(state, 'promoting', now);
      return {
        state: startStage({ ...promoting, hold: undefined }, 'shift', now)
          .state,
        events: [said('Promoted without the steps that were left')],
      };
    }
    case 'set-weight':
      return setWeight(state, command, said);
    default:
      return {
        state: {
          ...startPhase(state, 'preparing', now).state,
          stepIndex: 0,
          steps: {},
          looks: 0,
          abort: undefined,
          verdict: undefined,
          lookedAt: undefined,
          routedSince: undefined,
          approval: undefined,
          manualWeight: undefined,
          hasUpdatedStable: undefined,
        },
        events: [said('Tried again')],
      };
  }
}

/** A weight by hand holds the plan: going on would overrule it at once. */
function setWeight(
  state: PlanState,
  { weight, actor, now }: PlanCommand,
  said: (title: string) => Advance['events'][number],
): Advance {
  if (
    weight === undefined ||
    !Number.isInteger(weight) ||
    weight < 0 ||
    weight > 100
  ) {
    throw new InvalidValueError(
      'weight',
      'a whole number from 0 to 100',
      weight,
    );
  }
  return {
    state: {
      ...state,
      manualWeight: weight,
      hold: { by: actor, at: now },
      routedSince: undefined,
      looks: 0,
      lookedAt: undefined,
      verdict: undefined,
    },
    events: [said(`${weight} % set by hand`)],
  };
}
