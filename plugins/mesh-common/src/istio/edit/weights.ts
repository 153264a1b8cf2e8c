import { checkWeights } from './checks';
import {
  asObject,
  asObjects,
  asText,
  isSameJson,
  withSpec,
  without,
  type Json,
} from './json';
import { httpRoutes, weightedRoutes } from './routes';
import type { MeshObject, SubsetWeight } from './types';

function subsetOf(entry: Json): string | undefined {
  return asText(asObject(entry.destination).subset);
}

/**
 * Entries that stay keep their place and their other fields. The first
 * receiver that is new takes over the entry of the host as a whole, if there
 * is one; others are told apart from it by the subset only.
 */
function destinations(
  present: readonly Json[],
  weights: readonly SubsetWeight[],
): Json[] {
  const kept = present.filter(
    (entry, index) =>
      weights.some(({ subset }) => subset === subsetOf(entry)) &&
      present.findIndex(other => subsetOf(other) === subsetOf(entry)) === index,
  );
  const whole = present.filter(entry => !kept.includes(entry));
  const base = whole.find(entry => subsetOf(entry) === undefined);
  const { destination } = asObject(present[0]);
  const fresh = weights
    .filter(({ subset }) => !kept.some(entry => subsetOf(entry) === subset))
    .map(({ subset }, index): Json => {
      const entry = index === 0 ? base : undefined;
      const to = without(asObject(entry?.destination ?? destination), 'subset');
      return {
        ...entry,
        destination: subset === undefined ? to : { ...to, subset },
      };
    });
  return [...kept, ...fresh].map(entry => ({
    ...entry,
    weight: weights.find(({ subset }) => subset === subsetOf(entry))?.weight,
  }));
}

/**
 * Shares the ordinary requests to a host among its subsets. The weights are
 * the whole of it: a destination that is not listed goes, one of weight 0
 * stays, so that the steps of a canary differ in numbers only. Matches,
 * faults, timeouts, retries and mirrors are left as they are, and so are
 * routes for an audience (by headers, query or source).
 *
 * @param change - a short `host` is relative to the VirtualService's namespace
 * @throws InvalidValueError naming `weights...`, or `spec.http` when no route
 *   leads to the host alone
 * @public
 */
export function setWeights<T extends MeshObject>(
  virtualService: T,
  change: { host: string; weights: readonly SubsetWeight[] },
): T {
  const { host, weights } = change;
  checkWeights(
    weights.map(({ subset = '', weight }) => ({ name: subset, weight })),
  );
  const indexes = weightedRoutes(virtualService, host);
  return withSpec(virtualService, {
    http: httpRoutes(virtualService).map((route, index) =>
      indexes.includes(index)
        ? { ...route, route: destinations(asObjects(route.route), weights) }
        : route,
    ),
  });
}

/**
 * What routes had before they were changed; plain data, to be stored.
 *
 * @public
 */
export type KeptRoute = {
  name?: unknown;
  match?: unknown;
  /** Which one it is of those with this name and match; from 0. */
  ordinal: number;
  route: unknown;
};

/** Which one a route is of those with its name and match. */
function ordinalOf(routes: readonly Json[], index: number): number {
  const { name, match } = routes[index];
  return routes
    .slice(0, index)
    .filter(
      other => isSameJson(name, other.name) && isSameJson(match, other.match),
    ).length;
}

/**
 * The destinations that the ordinary requests to a host have now, to be put
 * back by {@link restoreDestinations}.
 *
 * @throws InvalidValueError naming `spec.http` when no route leads to the
 *   host alone
 * @public
 */
export function keepDestinations(
  virtualService: MeshObject,
  host: string,
): KeptRoute[] {
  const routes = httpRoutes(virtualService);
  return weightedRoutes(virtualService, host).map(index => {
    const { name, match, route } = routes[index];
    return {
      ...(name !== undefined && { name }),
      ...(match !== undefined && { match }),
      ordinal: ordinalOf(routes, index),
      route,
    };
  });
}

/**
 * Puts destinations back as they were kept, to the letter, in the routes that
 * lead to subsets of a change; what others wrote meanwhile stays. Routes are
 * known by their name and match, equal ones by their order; those that were
 * renamed or rewritten get what the others had, which was the same.
 *
 * @param subsets - those that only the change led requests to
 * @public
 */
export function restoreDestinations<T extends MeshObject>(
  virtualService: T,
  kept: readonly KeptRoute[],
  subsets: readonly string[],
): T {
  const routes = httpRoutes(virtualService);
  const found = routes.map((route, index) =>
    asObjects(route.route).some(entry =>
      subsets.some(subset => subset === subsetOf(entry)),
    )
      ? kept.find(
          ({ name, match, ordinal }) =>
            isSameJson(name, route.name) &&
            isSameJson(match, route.match) &&
            ordinal === ordinalOf(routes, index),
        ) ?? kept.at(0)
      : undefined,
  );
  if (!found.some(Boolean)) {
    return virtualService;
  }
  return withSpec(virtualService, {
    http: routes.map((route, index) => {
      const before = found[index];
      return before ? { ...route, route: before.route } : route;
    }),
  });
}

/**
 * What a list of destinations asks for, in percent of its sum. One without a
 * weight gets all when it is alone, and nothing beside others
 * (https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination).
 */
export function desiredWeights(
  entries: readonly { subset: string | undefined; weight: unknown }[],
): SubsetWeight[] {
  const raw = entries.map(({ subset, weight }) => ({
    subset,
    weight: typeof weight === 'number' ? weight : 0,
  }));
  const sum = raw.reduce((total, { weight }) => total + weight, 0);
  return raw.map(({ subset, weight }) => {
    const alone = raw.length === 1 ? 100 : 0;
    return {
      ...(subset !== undefined && { subset }),
      weight: sum > 0 ? (weight * 100) / sum : alone,
    };
  });
}

/** Desired weights of the ordinary requests to a host. */
export function readVirtualServiceWeights(
  virtualService: MeshObject,
  host: string,
): SubsetWeight[] {
  const [first] = weightedRoutes(virtualService, host);
  return desiredWeights(
    asObjects(httpRoutes(virtualService)[first].route).map(entry => ({
      subset: subsetOf(entry),
      weight: entry.weight,
    })),
  );
}
