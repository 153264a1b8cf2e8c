import type { CanaryEvent } from '../canary/schema';
import type { PlanState } from './state';

/** Where a plan is now, and what there is to tell about it, oldest first. @public */
export type Advance = { state: PlanState; events: CanaryEvent[] };

const told = (event: CanaryEvent | undefined) => (event ? [event] : []);

/** What is known of one step only. */
const FRESH_STEP = {
  approval: undefined,
  manualWeight: undefined,
  routedSince: undefined,
  looks: 0,
  lookedAt: undefined,
  verdict: undefined,
  measured: undefined,
} satisfies Partial<PlanState>;

export function startPhase(
  state: PlanState,
  phase: PlanState['phase'],
  now: string,
  event?: CanaryEvent,
): Advance {
  const isFirst = phase === 'stepping';
  return {
    state: {
      ...state,
      phase,
      phaseSince: now,
      stepSince: now,
      stage: undefined,
      problem: undefined,
      steps: isFirst
        ? {
            ...state.steps,
            preparing: { startedAt: state.phaseSince, finishedAt: now },
            0: { startedAt: now },
          }
        : state.steps,
    },
    events: told(event),
  };
}

export function startStage(
  state: PlanState,
  stage: NonNullable<PlanState['stage']>,
  now: string,
  event?: CanaryEvent,
): Advance {
  return {
    state: {
      ...state,
      stage,
      stepSince: now,
      problem: undefined,
      hasUpdatedStable: state.hasUpdatedStable || stage === 'update-stable',
    },
    events: told(event),
  };
}

/**
 * On to the next step. What was judged and approved was about the step that
 * is over; a verdict stays while routes stay as they are.
 */
export function finishStep(
  state: PlanState,
  now: string,
  event?: CanaryEvent,
  isSkipped = false,
): Advance {
  const { stepIndex, steps } = state;
  return {
    state: {
      ...state,
      ...FRESH_STEP,
      stepIndex: stepIndex + 1,
      stepSince: now,
      problem: undefined,
      steps: {
        ...steps,
        [stepIndex]: {
          startedAt: steps[stepIndex]?.startedAt ?? now,
          finishedAt: now,
          ...(isSkipped && { isSkipped }),
        },
        [stepIndex + 1]: { startedAt: now },
      },
    },
    events: told(event),
  };
}

export function startAbort(
  state: PlanState,
  by: string,
  reason: string,
  now: string,
): Advance {
  const aborting = startPhase(state, 'aborting', now).state;
  return {
    state: {
      ...aborting,
      stage: 'return',
      hold: undefined,
      abort: { by, reason },
    },
    events: [
      {
        at: now,
        kind: by === 'plan' ? 'problem' : 'person',
        title: 'Abort: all traffic back',
        detail: reason,
        actor: by,
      },
    ],
  };
}
