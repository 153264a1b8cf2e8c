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
  type MeshObject,
} from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { IstioPlanContext } from './context';
import {
  headerMatches,
  isMadeFor,
  madeFor,
  type PlanPlace,
  type PlanRouteObjects,
} from './routeObjects';
import type { RouteTarget } from './target';

type Where = PlanPlace<IstioPlanContext>;

/** What the plan made goes with it; what others made by its name stays. */
function withoutMade(
  live: MeshObject | undefined,
  { workload }: Where,
): MeshObject | undefined {
  return live && isMadeFor(workload, live) ? undefined : live;
}

function original(
  { virtualService, destinationRule }: PlanRouteObjects,
  where: Where,
): PlanRouteObjects {
  const { service, subsets, ...context } = where.context;
  const kept = context.virtualService.originalRoutes;
  return {
    virtualService: kept
      ? virtualService &&
        restoreDestinations(
          clearMirror(removeHeaderRoute(virtualService), service),
          kept,
          [subsets.canary, ...context.destinationRule.madeSubsets],
        )
      : withoutMade(virtualService, where),
    destinationRule:
      context.destinationRule.isMade || !destinationRule
        ? withoutMade(destinationRule, where)
        : context.destinationRule.madeSubsets.reduce(
            (rule, name) => removeSubset(rule, name),
            removeSubset(destinationRule, subsets.canary),
          ),
  };
}

/** @throws InvalidValueError where somebody else made an object of a name that a plan gave */
function refuseOfOthers(
  live: MeshObject | undefined,
  { workload }: Where,
  isMade: boolean,
): void {
  if (isMade && live && !isMadeFor(workload, live)) {
    throw new InvalidValueError(
      live.kind ?? 'object',
      `one that was made for the canary of ${workload}: someone else made another of this name`,
      live.metadata.name,
    );
  }
}

/** The DestinationRule with a subset for each version. */
function withSubsets(
  live: MeshObject | undefined,
  { namespace, workload, context }: Where,
): MeshObject {
  const { subsets, destinationRule } = context;
  const rule =
    live ??
    // One that someone deleted is put back as it was found.
    (destinationRule.original as MeshObject | undefined) ??
    madeFor(
      workload,
      newDestinationRule({
        name: destinationRule.name,
        namespace,
        host: context.service,
        subsets: [],
      }),
    );
  return [
    { name: subsets.stable, labels: context.stableLabels },
    { name: subsets.canary, labels: context.canaryLabels },
  ].reduce((object, subset) => ensureSubset(object, subset), rule);
}

/** The VirtualService with the weights of a target. */
function withWeights(
  live: MeshObject | undefined,
  { namespace, workload, context }: Where,
  weight: number,
): MeshObject {
  const { service: host, subsets, virtualService } = context;
  const weights = [
    { subset: subsets.stable, weight: 100 - weight },
    { subset: subsets.canary, weight },
  ];
  const present = live ?? (virtualService.original as MeshObject | undefined);
  return present
    ? setWeights(present, { host, weights })
    : madeFor(
        workload,
        newVirtualService({
          name: virtualService.name,
          namespace,
          host,
          weights,
        }),
      );
}

/**
 * VirtualService and DestinationRule as a target wants them, made where they
 * are not there.
 *
 * @throws InvalidValueError where routes are no longer of a shape that can be
 *   shared out, or somebody else made objects of the plan's names
 */
export function istioRoutes(
  live: PlanRouteObjects,
  where: Where,
  target: RouteTarget,
): PlanRouteObjects {
  if (target === 'original') {
    return original(live, where);
  }
  const { service: host, subsets, ...context } = where.context;
  refuseOfOthers(
    live.virtualService,
    where,
    context.virtualService.originalRoutes === undefined,
  );
  refuseOfOthers(live.destinationRule, where, context.destinationRule.isMade);
  const weighted = withWeights(live.virtualService, where, target.weight);
  const mirrored =
    target.mirrorPercent > 0
      ? setMirror(weighted, {
          host,
          subset: subsets.canary,
          percentage: target.mirrorPercent,
        })
      : clearMirror(weighted, host);
  const headers = headerMatches(target.headers);
  return {
    virtualService:
      headers.length > 0
        ? addHeaderRoute(mirrored, { host, subset: subsets.canary, headers })
        : removeHeaderRoute(mirrored),
    destinationRule: withSubsets(live.destinationRule, where),
  };
}
