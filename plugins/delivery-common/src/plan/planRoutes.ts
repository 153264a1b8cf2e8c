import type { PlanContext } from './context';
import { gatewayRoutes } from './gatewayRoutes';
import { istioRoutes } from './istioRoutes';
import type { PlanPlace, PlanRouteObjects } from './routeObjects';
import type { RouteTarget } from './target';

/**
 * The objects as a target wants them, edited as little as possible: what
 * others wrote in them meanwhile stays. Where nothing has to change, the
 * results equal what is there.
 *
 * @throws InvalidValueError where routes are no longer of a shape that can be
 *   shared out
 * @public
 */
export function planRoutes(
  live: PlanRouteObjects,
  { context, ...place }: PlanPlace<PlanContext>,
  target: RouteTarget,
): PlanRouteObjects {
  return 'httpRoute' in context
    ? gatewayRoutes(live, { ...place, context }, target)
    : istioRoutes(live, { ...place, context }, target);
}
