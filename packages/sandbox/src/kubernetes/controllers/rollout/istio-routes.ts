import type { KubernetesObject } from '../../store';
import {
  asList,
  asObject,
  asObjects,
  asText,
  type JsonObject,
} from '../../values';

/** How the two sides are told apart in a VirtualService. */
export interface Sides {
  /** By subset of one host, or else by host. */
  by: 'subset' | 'host';
  canary: string;
  stable: string;
}

const shortHost = (host: unknown) => (asText(host) ?? '').split('.')[0];

function sideOf(
  destination: JsonObject,
  { by, canary, stable }: Sides,
): 'canary' | 'stable' | undefined {
  const name =
    by === 'subset' ? asText(destination.subset) : shortHost(destination.host);
  if (name === canary) return 'canary';
  return name === stable ? 'stable' : undefined;
}

/** HTTP routes that are ours to weigh: those named, or the only one. */
function weighed(
  routes: readonly JsonObject[],
  names: readonly string[],
  managed: ReadonlySet<string>,
): JsonObject[] {
  if (names.length > 0) {
    return names.map(name => {
      const found = routes.find(route => route.name === name);
      if (!found) throw new Error(`HTTP Route '${name}' is not found`);
      return found;
    });
  }
  const own = routes.filter(route => !managed.has(asText(route.name) ?? ''));
  if (own.length !== 1) {
    throw new Error(
      'spec.http[] should be set in VirtualService and it must have exactly one route when omitting spec.strategy.canary.trafficRouting.istio.virtualService.routes',
    );
  }
  return own;
}

function withRoutes(
  virtualService: KubernetesObject,
  http: unknown[],
): KubernetesObject {
  return { ...virtualService, spec: { ...virtualService.spec, http } };
}

/** What a VirtualService is asked to do. */
export interface RouteRequest {
  /** Names of the routes to weigh; empty when there is only one. */
  routes: readonly string[];
  sides: Sides;
  /** Names of the routes that the Rollout may add, first ones first. */
  managed: readonly string[];
}

/**
 * The VirtualService with the canary's weight set and the rest left to stable.
 * @throws Error when a route or a side is missing
 */
export function withWeight(
  virtualService: KubernetesObject,
  request: RouteRequest,
  weight: number,
  maximum: number,
): KubernetesObject {
  const routes = asObjects(virtualService.spec?.http);
  const ours = new Set(
    weighed(routes, request.routes, new Set(request.managed)),
  );
  return withRoutes(
    virtualService,
    routes.map(route => {
      if (!ours.has(route)) return route;
      const seen = new Set<string>();
      const weighted = asObjects(route.route).map(entry => {
        const side = sideOf(asObject(entry.destination), request.sides);
        if (!side) return entry;
        seen.add(side);
        return {
          ...entry,
          weight: side === 'canary' ? weight : maximum - weight,
        };
      });
      for (const side of ['stable', 'canary'] as const) {
        if (!seen.has(side)) {
          const kind = request.sides.by === 'subset' ? 'subset' : 'Service';
          throw new Error(
            `${side[0].toUpperCase()}${side.slice(1)} ${kind} '${
              request.sides[side]
            }' not found in route`,
          );
        }
      }
      return { ...route, route: weighted };
    }),
  );
}

/** The VirtualService without the routes that the Rollout added. */
export function withoutManaged(
  virtualService: KubernetesObject,
  { managed }: RouteRequest,
): KubernetesObject {
  const routes = asObjects(virtualService.spec?.http);
  const kept = routes.filter(
    route => !managed.includes(asText(route.name) ?? ''),
  );
  return kept.length === routes.length
    ? virtualService
    : withRoutes(virtualService, kept);
}

/** Puts a managed route in its place before the others, or takes it out. */
function place(
  virtualService: KubernetesObject,
  { managed }: RouteRequest,
  name: string,
  route: JsonObject | undefined,
): KubernetesObject {
  const others = asObjects(virtualService.spec?.http).filter(
    entry => entry.name !== name,
  );
  const all = route ? [...others, route] : others;
  const rank = (entry: JsonObject) => {
    const index = managed.indexOf(asText(entry.name) ?? '');
    return index < 0 ? managed.length : index;
  };
  return withRoutes(
    virtualService,
    [...all].sort((left, right) => rank(left) - rank(right)),
  );
}

function canaryDestination(
  routes: readonly JsonObject[],
  request: RouteRequest,
): JsonObject {
  const [route] = weighed(routes, request.routes, new Set(request.managed));
  const found = asObjects(route.route).find(
    entry => sideOf(asObject(entry.destination), request.sides) === 'canary',
  );
  return asObject(found?.destination);
}

/** The VirtualService with the route of a `setHeaderRoute` step; without a match the route goes. */
export function withHeaderRoute(
  virtualService: KubernetesObject,
  request: RouteRequest,
  step: JsonObject,
): KubernetesObject {
  const name = asText(step.name) ?? '';
  const matches = asObjects(step.match);
  const routes = asObjects(virtualService.spec?.http);
  return place(
    virtualService,
    request,
    name,
    matches.length === 0
      ? undefined
      : {
          name,
          match: matches.map(({ headerName, headerValue }) => ({
            headers: { [String(headerName)]: headerValue },
          })),
          route: [
            { destination: canaryDestination(routes, request), weight: 100 },
          ],
        },
  );
}

/** The VirtualService with the route of a `setMirrorRoute` step; without a match the route goes. */
export function withMirrorRoute(
  virtualService: KubernetesObject,
  request: RouteRequest,
  step: JsonObject,
): KubernetesObject {
  const name = asText(step.name) ?? '';
  const routes = asObjects(virtualService.spec?.http);
  const [main] = weighed(routes, request.routes, new Set(request.managed));
  const matches = asObjects(step.match);
  return place(
    virtualService,
    request,
    name,
    matches.length === 0
      ? undefined
      : {
          name,
          match: matches.map(({ method, path, headers }) => ({
            ...(method ? { method } : {}),
            ...(path ? { uri: path } : {}),
            ...(headers ? { headers } : {}),
          })),
          route: asList(main.route),
          mirror: canaryDestination(routes, request),
          mirrorPercentage: { value: step.percentage ?? 100 },
        },
  );
}
