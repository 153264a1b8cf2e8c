import {
  addHeaderRoute,
  clearMirror,
  ensureSubset,
  newDestinationRule,
  newVirtualService,
  removeHeaderRoute,
  removeSubset,
  restoreDestinations,
  setMirror,
  setWeights,
} from '@orrery/backstage-plugin-mesh-common';
import type { IstioPlanContext } from './context';
import {
  headerMatches,
  type PlanPlace,
  type PlanRouteObjects,
} from './routeObjects';
import type { RouteTarget } from './target';

type Where = PlanPlace<IstioPlanContext>;

function original(
  { virtualService, destinationRule }: PlanRouteObjects,
  { context }: Where,
): PlanRouteObjects {
  const { service, subsets } = context;
  const kept = context.virtualService.originalRoutes;
  const bare =
    virtualService && clearMirror(removeHeaderRoute(virtualService), service);
  return {
    // What the plan made goes with it.
    virtualService: kept && bare && restoreDestinations(bare, kept),
    destinationRule:
      context.destinationRule.isMade || !destinationRule
        ? undefined
        : context.destinationRule.madeSubsets.reduce(
            (rule, name) => removeSubset(rule, name),
            removeSubset(destinationRule, subsets.canary),
          ),
  };
}

/**
 * VirtualService and DestinationRule as a target wants them, made where they
 * are not there.
 *
 * @throws InvalidValueError where routes are no longer of a shape that can be
 *   shared out
 */
export function istioRoutes(
  live: PlanRouteObjects,
  where: Where,
  target: RouteTarget,
): PlanRouteObjects {
  if (target === 'original') {
    return original(live, where);
  }
  const { context, namespace } = where;
  const { service: host, subsets } = context;
  const rule =
    live.destinationRule ??
    newDestinationRule({
      name: context.destinationRule.name,
      namespace,
      host,
      subsets: [],
    });
  const destinationRule = [
    { name: subsets.stable, labels: context.stableLabels },
    { name: subsets.canary, labels: context.canaryLabels },
  ].reduce((object, subset) => ensureSubset(object, subset), rule);

  const weights = [
    { subset: subsets.stable, weight: 100 - target.weight },
    { subset: subsets.canary, weight: target.weight },
  ];
  const weighted = live.virtualService
    ? setWeights(live.virtualService, { host, weights })
    : newVirtualService({
        name: context.virtualService.name,
        namespace,
        host,
        weights,
      });
  const mirrored =
    target.mirrorPercent > 0
      ? setMirror(weighted, {
          host,
          subset: subsets.canary,
          percentage: target.mirrorPercent,
        })
      : clearMirror(weighted, host);
  const headers = headerMatches(target.headers);
  const virtualService =
    headers.length > 0
      ? addHeaderRoute(mirrored, { host, subset: subsets.canary, headers })
      : removeHeaderRoute(mirrored);
  return { virtualService, destinationRule };
}
