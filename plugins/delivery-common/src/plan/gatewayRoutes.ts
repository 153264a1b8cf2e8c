import {
  addHeaderRule,
  clearMirrorFilter,
  removeHeaderRule,
  restoreBackends,
  setBackendWeights,
  setMirrorFilter,
  type MeshObject,
} from '@orrery/backstage-plugin-mesh-common';
import type { GatewayPlanContext } from './context';
import {
  headerMatches,
  isMadeFor,
  madeFor,
  type PlanPlace,
  type PlanRouteObjects,
} from './routeObjects';
import type { RouteTarget } from './target';

type Where = PlanPlace<GatewayPlanContext>;
type Side = keyof GatewayPlanContext['services'];

/** The Service of one version: as it is where others made it, ours as it has to be. */
function versionService(
  live: MeshObject | undefined,
  { namespace, workload, context }: Where,
  side: Side,
): MeshObject {
  const { name, selector } = context.services[side];
  if (live) {
    return isMadeFor(workload, live)
      ? { ...live, spec: { ...Object(live.spec), selector } }
      : live;
  }
  return madeFor(workload, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'orrery' },
    },
    spec: { selector, ports: context.ports },
  });
}

function original(live: PlanRouteObjects, where: Where): PlanRouteObjects {
  const { httpRoute, services } = where.context;
  const canary = services.canary.name;
  const kept = (service: MeshObject | undefined) =>
    service && isMadeFor(where.workload, service) ? undefined : service;
  return {
    // One that someone deleted meanwhile stays deleted.
    httpRoute:
      live.httpRoute &&
      restoreBackends(
        clearMirrorFilter(removeHeaderRule(live.httpRoute, canary), canary),
        httpRoute.originalRules,
        [services.stable.name, canary],
      ),
    stableService: kept(live.stableService),
    canaryService: kept(live.canaryService),
  };
}

/**
 * The HTTPRoute and the Services of both versions as a target wants them: the
 * Gateway API has no subsets, so that each version is a backend of its own.
 *
 * @throws InvalidValueError where rules are no longer of a shape that can be
 *   shared out
 */
export function gatewayRoutes(
  live: PlanRouteObjects,
  where: Where,
  target: RouteTarget,
): PlanRouteObjects {
  if (target === 'original') {
    return original(live, where);
  }
  const { service: host, services, httpRoute } = where.context;
  const [stable, canary] = [services.stable.name, services.canary.name];
  const weighted = setBackendWeights(
    live.httpRoute ?? (httpRoute.original as MeshObject),
    {
      host,
      weights: [
        { service: stable, weight: 100 - target.weight },
        { service: canary, weight: target.weight },
      ],
    },
  );
  const mirrored =
    target.mirrorPercent > 0
      ? setMirrorFilter(weighted, {
          host,
          service: canary,
          percentage: target.mirrorPercent,
        })
      : clearMirrorFilter(weighted, canary);
  const headers = headerMatches(target.headers);
  return {
    httpRoute:
      headers.length > 0
        ? addHeaderRule(mirrored, { host, service: canary, headers })
        : removeHeaderRule(mirrored, canary),
    stableService: versionService(live.stableService, where, 'stable'),
    canaryService: versionService(live.canaryService, where, 'canary'),
  };
}
