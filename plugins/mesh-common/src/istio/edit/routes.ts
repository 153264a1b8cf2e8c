import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { namespaceOf, resolveHost } from './hosts';
import { asObject, asObjects, asText, isSameJson, type Json } from './json';
import type { MeshObject } from './types';

/** Name of the route that sends chosen requests to a canary. @public */
export const CANARY_HEADER_ROUTE = 'orrery-canary-header';

/** Parts of a match that choose who asks, rather than what is asked for. */
const AUDIENCE = [
  'headers',
  'withoutHeaders',
  'queryParams',
  'sourceLabels',
  'sourceNamespace',
];
/** Parts that say where a request came in; they leave a match a catch-all. */
const ENTRANCE = ['gateways', 'name', 'port'];

/** Whether a route is one that we put there for a canary's chosen requests. */
export function isCanaryHeaderRoute(route: Json): boolean {
  return asText(route.name)?.startsWith(CANARY_HEADER_ROUTE) ?? false;
}

function isForAudience(route: Json): boolean {
  return asObjects(route.match).some(match =>
    AUDIENCE.some(part => part in match),
  );
}

function isCatchAll(route: Json): boolean {
  const matches = asObjects(route.match);
  return (
    matches.length === 0 ||
    matches.some(match =>
      Object.entries(match).every(
        ([part, value]) =>
          ENTRANCE.includes(part) ||
          (part === 'uri' && isSameJson(value, { prefix: '/' })),
      ),
    )
  );
}

/** Whether a route has destinations, and all of them are of this host. */
export function leadsOnlyTo(
  route: Json,
  host: string,
  namespace: string,
): boolean {
  const destinations = asObjects(route.route);
  return (
    destinations.length > 0 &&
    destinations.every(({ destination }) => {
      const to = asText(asObject(destination).host);
      return to !== undefined && resolveHost(to, namespace) === host;
    })
  );
}

/** The HTTP routes of a VirtualService. */
export function httpRoutes(virtualService: MeshObject): readonly Json[] {
  return asObjects(asObject(virtualService.spec).http);
}

/**
 * Indexes of the HTTP routes that carry the ordinary requests to a host: the
 * first one that takes every request (or, without one, the first for some
 * paths), and all that lead exactly where it does. Routes for an audience
 * (by headers, query or source) are somebody's own choice and never among
 * them.
 *
 * @throws InvalidValueError naming `spec.http` when there are none
 */
export function weightedRoutes(
  virtualService: MeshObject,
  host: string,
): number[] {
  const namespace = namespaceOf(virtualService);
  const resolved = resolveHost(host, namespace);
  const routes = httpRoutes(virtualService);
  const candidates = routes.filter(
    route =>
      !isCanaryHeaderRoute(route) &&
      !isForAudience(route) &&
      leadsOnlyTo(route, resolved, namespace),
  );
  const model = candidates.find(isCatchAll) ?? candidates.at(0);
  if (!model) {
    throw new InvalidValueError(
      'spec.http',
      `a route for everyone whose destinations are all ${host}`,
      routes.map(({ route }) => route),
    );
  }
  return routes.flatMap((route, index) =>
    candidates.includes(route) && isSameJson(route.route, model.route)
      ? [index]
      : [],
  );
}
