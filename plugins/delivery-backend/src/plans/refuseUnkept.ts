import {
  planRoutes,
  routesAt,
  type CanaryPlan,
  type GatewayPlanContext,
  type PlanPlace,
  type PlanRouteObjects,
  type RouteTarget,
} from '@orrery/backstage-plugin-delivery-common';
import { isSameJson } from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  KubernetesError,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';

type Step = CanaryPlan['steps'][number];

/** Weights are numbers that every server keeps; these are not. */
function isOfAudience(step: Step): boolean {
  return step.kind === 'header' || (step.kind === 'mirror' && step.percent > 0);
}

/** What a server says of an object that it will not have. */
function refusalOf(error: unknown): string {
  const isRefusal =
    error instanceof KubernetesError && [400, 422].includes(error.statusCode);
  if (!isRefusal) {
    throw error;
  }
  return error.message;
}

function refuse(step: Step, index: number, reason: string): never {
  if (step.kind === 'mirror' && step.percent < 100 && reason === '') {
    throw new InvalidValueError(
      `steps[${index}].percent`,
      '100, or no mirror: the HTTPRoute of this cluster knows no share of a mirror',
      step.percent,
    );
  }
  throw new InvalidValueError(
    `steps[${index}]`,
    `a step that the HTTPRoute of this cluster can have${
      reason ? ` (${reason})` : ', and keeps as it is written'
    }`,
    step,
  );
}

/**
 * Refuses steps that an HTTPRoute cannot have: those that the server refuses,
 * and those of which it drops a part without a word, as servers with older
 * definitions of the Gateway API do with the share of a mirror (which makes
 * it all of the requests).
 *
 * @param dryRun - what the server would store
 * @throws InvalidValueError naming the step
 */
export async function refuseUnkept(
  plan: CanaryPlan,
  place: PlanPlace<GatewayPlanContext>,
  routes: PlanRouteObjects,
  dryRun: (wanted: PlanRouteObjects) => Promise<KubernetesObject | undefined>,
): Promise<void> {
  const asked = new Set<string>();
  for (const [index, step] of plan.steps.entries()) {
    // The weight is no part of the question.
    const target: RouteTarget = { ...routesAt(plan.steps, index), weight: 0 };
    const key = JSON.stringify(target);
    if (!isOfAudience(step) || asked.has(key)) {
      continue;
    }
    asked.add(key);
    const wanted = planRoutes(routes, place, target);
    let httpRoute: KubernetesObject | undefined;
    try {
      httpRoute = await dryRun(wanted);
    } catch (error) {
      refuse(step, index, refusalOf(error));
    }
    const again = planRoutes({ ...wanted, httpRoute }, place, target);
    if (!isSameJson(again.httpRoute, httpRoute)) {
      refuse(step, index, '');
    }
  }
}
