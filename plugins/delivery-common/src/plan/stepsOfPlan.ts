import type { CanaryStep } from '../canary/schema';
import { stepTitle } from './describe';
import type { CanaryPlan } from './schema';
import type { PlanState } from './state';

/** What a promotion does, by its stage. */
export const PROMOTION_NOTES: Record<string, string> = {
  shift: 'All traffic goes to the canary',
  'update-stable': 'The stable Deployment gets the new image',
  return: 'Traffic goes back to the stable Deployment',
  retire: 'The canary’s Deployment is removed',
};

/** The steps of a plan and its promotion, and how far it is. */
export function stepsOfPlan({
  plan,
  state,
}: {
  plan: CanaryPlan;
  state: PlanState;
}): CanaryStep[] {
  const isDone = state.phase === 'done' || state.phase === 'promoting';
  const steps = plan.steps.map((step, index): CanaryStep => {
    const times = state.steps[index];
    return {
      index,
      kind: step.kind,
      title: stepTitle(step),
      ...(step.kind === 'weight' && { weight: step.weight }),
      ...(step.kind === 'pause' && { durationSeconds: step.seconds }),
      state: stepState(index, state, isDone, times?.isSkipped),
      startedAt: times?.startedAt,
      finishedAt: times?.finishedAt,
    };
  });
  const index = steps.length;
  return [
    ...steps,
    {
      index,
      kind: 'promotion',
      title: 'promotion',
      weight: 100,
      note: PROMOTION_NOTES[state.stage ?? ''],
      state:
        state.phase === 'promoting'
          ? 'current'
          : stepState(index, state, state.phase === 'done', false),
    },
  ];
}

function stepState(
  index: number,
  { phase, stepIndex }: PlanState,
  isDone: boolean,
  isSkipped: boolean | undefined,
): CanaryStep['state'] {
  if (isSkipped) {
    return 'skipped';
  }
  if (isDone || index < stepIndex) {
    return 'done';
  }
  if (index > stepIndex || phase === 'preparing') {
    return 'next';
  }
  return phase === 'stepping' ? 'current' : 'failed';
}
