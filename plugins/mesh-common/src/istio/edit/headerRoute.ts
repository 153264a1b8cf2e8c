import { checkHeaders } from './checks';
import { namespaceOf, resolveHost } from './hosts';
import { asObject, asObjects, withSpec, without, type Json } from './json';
import {
  CANARY_HEADER_ROUTE,
  httpRoutes,
  isCanaryHeaderRoute,
  leadsOnlyTo,
  weightedRoutes,
} from './routes';
import type { HeaderMatch, MeshObject } from './types';

/** The conditions of a route, each with the headers besides. */
function matchesWith(route: Json, headers: readonly HeaderMatch[]): Json[] {
  const wanted = Object.fromEntries(
    headers.map(({ name, type, value }) => [name, { [type]: value }]),
  );
  const present = asObjects(route.match);
  return (present.length > 0 ? present : [{}]).map(match => ({
    ...match,
    headers: wanted,
  }));
}

/** The route for chosen requests beside the one for all. */
function headerRoute(
  route: Json,
  name: string,
  subset: string,
  headers: readonly HeaderMatch[],
): Json {
  const { destination } = asObjects(route.route)[0];
  return {
    name,
    match: matchesWith(route, headers),
    // Chosen requests are not copied to where they already go.
    ...without(
      route,
      'name',
      'match',
      'route',
      'mirror',
      'mirrors',
      'mirrorPercentage',
      'mirror_percent',
    ),
    route: [
      {
        destination: { ...without(asObject(destination), 'subset'), subset },
      },
    ],
  };
}

/** The last index before one whose route leads elsewhere, or -1. */
function lastElsewhere(
  routes: readonly Json[],
  before: number,
  leadsThere: (route: Json) => boolean,
): number {
  let last = -1;
  routes.slice(0, before).forEach((route, index) => {
    if (!leadsThere(route)) {
      last = index;
    }
  });
  return last;
}

/**
 * Sends requests that carry all these headers to one subset, by a route named
 * {@link CANARY_HEADER_ROUTE} that is otherwise like the one for everyone.
 * It comes first; only behind routes to other hosts, whose requests it must
 * not take. Where several routes carry the host's requests (for several
 * paths), each gets one, the names numbered from the second on. Done again,
 * it replaces what it had put there.
 *
 * @throws InvalidValueError naming `headers...`, or `spec.http` when no route
 *   leads to the host alone
 * @public
 */
export function addHeaderRoute<T extends MeshObject>(
  virtualService: T,
  change: { host: string; subset: string; headers: readonly HeaderMatch[] },
): T {
  const { host, subset, headers } = change;
  checkHeaders(headers);
  const bare = removeHeaderRoute(virtualService);
  const routes = httpRoutes(bare);
  const namespace = namespaceOf(bare);
  const resolved = resolveHost(host, namespace);
  const places = weightedRoutes(bare, host).map((index, order) => ({
    after: lastElsewhere(routes, index, route =>
      leadsOnlyTo(route, resolved, namespace),
    ),
    route: headerRoute(
      routes[index],
      order === 0 ? CANARY_HEADER_ROUTE : `${CANARY_HEADER_ROUTE}-${order + 1}`,
      subset,
      headers,
    ),
  }));
  const at = (index: number) =>
    places.filter(({ after }) => after === index).map(({ route }) => route);
  return withSpec(bare, {
    http: [
      ...at(-1),
      ...routes.flatMap((route, index) => [route, ...at(index)]),
    ],
  });
}

/**
 * Takes away what {@link addHeaderRoute} put there.
 *
 * @public
 */
export function removeHeaderRoute<T extends MeshObject>(virtualService: T): T {
  const routes = httpRoutes(virtualService);
  return routes.some(isCanaryHeaderRoute)
    ? withSpec(virtualService, {
        http: routes.filter(route => !isCanaryHeaderRoute(route)),
      })
    : virtualService;
}
