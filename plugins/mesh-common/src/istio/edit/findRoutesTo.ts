import { namespaceOf, resolveHost } from './hosts';
import { asObject, asObjects, asText, asTexts, type Json } from './json';
import { httpRoutes } from './routes';
import type { MeshObject } from './types';

/** A VirtualService that decides about requests to a host. @public */
export type RoutesTo<T extends MeshObject = MeshObject> = {
  virtualService: T;
  /** Whether it is for the host itself; otherwise another host leads there. */
  isOwn: boolean;
  /** Indexes in `spec.http` of the routes that have the host as a destination. */
  routes: number[];
};

function isFor(spec: Json, host: string, namespace: string): boolean {
  return asTexts(spec.hosts).some(
    pattern => resolveHost(pattern, namespace) === host,
  );
}

function isOfMesh(spec: Json): boolean {
  const gateways = asTexts(spec.gateways);
  return gateways.length === 0 || gateways.includes('mesh');
}

/**
 * The VirtualServices that lead requests to a host, those for the host itself
 * first. Only those of the mesh's own sidecars, unless asked for all.
 *
 * @param host - short, or with as much of its domain as one likes
 * @param namespace - what a short host is relative to
 * @public
 */
export function findRoutesTo<T extends MeshObject>(
  virtualServices: readonly T[],
  host: string,
  namespace: string,
  options: { withGateways?: boolean } = {},
): RoutesTo<T>[] {
  const wanted = resolveHost(host, namespace);
  return virtualServices
    .flatMap(virtualService => {
      const spec = asObject(virtualService.spec);
      if (!options.withGateways && !isOfMesh(spec)) {
        return [];
      }
      const own = namespaceOf(virtualService);
      const isOwn = isFor(spec, wanted, own);
      const routes = httpRoutes(virtualService).flatMap(({ route }, index) =>
        asObjects(route).some(({ destination }) => {
          const to = asText(asObject(destination).host);
          return to !== undefined && resolveHost(to, own) === wanted;
        })
          ? [index]
          : [],
      );
      return isOwn || routes.length > 0
        ? [{ virtualService, isOwn, routes }]
        : [];
    })
    .sort((left, right) => Number(right.isOwn) - Number(left.isOwn));
}

/**
 * The DestinationRules about a host.
 *
 * @param namespace - what a short host is relative to
 * @public
 */
export function findRulesOf<T extends MeshObject>(
  destinationRules: readonly T[],
  host: string,
  namespace: string,
): T[] {
  const wanted = resolveHost(host, namespace);
  return destinationRules.filter(rule => {
    const own = asText(asObject(rule.spec).host);
    return own !== undefined && resolveHost(own, namespaceOf(rule)) === wanted;
  });
}
