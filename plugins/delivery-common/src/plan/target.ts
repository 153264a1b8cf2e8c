import type { CanaryPlan, PlanStep } from './schema';
import type { PlanState } from './state';

/**
 * What the cluster should look like for a plan in a state. It is told as a
 * whole, so that a driver that lost its memory in the middle only has to make
 * it so.
 *
 * @public
 */
export type PlanTarget = {
  /** What is to become of the canary's Deployment. */
  canary: 'present' | 'absent' | 'as-is';
  routes: RouteTarget;
  /** Which image the stable Deployment gets; what others set stays. */
  stableImage: 'old' | 'new' | 'as-is';
};

/** `original` is how routes were before the plan. @public */
export type RouteTarget =
  | 'original'
  | {
      weight: number;
      headers: Extract<PlanStep, { kind: 'header' }>['headers'];
      mirrorPercent: number;
    };

type Routes = Exclude<RouteTarget, 'original'>;

const ALL_TO_STABLE: Routes = { weight: 0, headers: {}, mirrorPercent: 0 };

/** Routes after the steps up to and including one. @public */
export function routesAt(
  steps: readonly PlanStep[],
  stepIndex: number,
): Routes {
  const routes = { ...ALL_TO_STABLE };
  for (const step of steps.slice(0, stepIndex + 1)) {
    if (step.kind === 'weight') {
      routes.weight = step.weight;
    } else if (step.kind === 'header') {
      routes.headers = step.headers;
    } else if (step.kind === 'mirror') {
      routes.mirrorPercent = step.percent;
    }
  }
  return routes;
}

function promotionTarget(stage: PlanState['stage']): PlanTarget {
  const all = { ...ALL_TO_STABLE, weight: 100 };
  switch (stage) {
    case 'update-stable':
      return { canary: 'present', routes: all, stableImage: 'new' };
    case 'return':
      return { canary: 'present', routes: ALL_TO_STABLE, stableImage: 'as-is' };
    case 'retire':
      return { canary: 'absent', routes: 'original', stableImage: 'as-is' };
    default:
      return { canary: 'present', routes: all, stableImage: 'as-is' };
  }
}

/** Traffic first, and nothing that is not needed for it; the rest once it is back. */
function abortTarget(state: PlanState): PlanTarget {
  const stableImage = state.hasUpdatedStable ? 'old' : 'as-is';
  return state.stage === 'retire'
    ? { canary: 'absent', routes: 'original', stableImage }
    : { canary: 'as-is', routes: ALL_TO_STABLE, stableImage };
}

/**
 * What a plan wants now; undefined where it is over and wants nothing more.
 *
 * @public
 */
export function targetOf(
  plan: CanaryPlan,
  state: PlanState,
): PlanTarget | undefined {
  switch (state.phase) {
    case 'preparing':
      return {
        canary: 'present',
        routes: ALL_TO_STABLE,
        stableImage: 'as-is',
      };
    case 'stepping': {
      const routes = routesAt(plan.steps, state.stepIndex);
      const weight = state.manualWeight ?? routes.weight;
      return {
        // One that someone deleted is not made anew: the plan aborts.
        canary: 'as-is',
        routes: { ...routes, weight },
        stableImage: 'as-is',
      };
    }
    case 'promoting':
      return promotionTarget(state.stage);
    case 'aborting':
      return abortTarget(state);
    default:
      return undefined;
  }
}
