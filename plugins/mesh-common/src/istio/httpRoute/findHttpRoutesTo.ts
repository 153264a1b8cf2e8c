import { namespaceOf, resolveHost } from '../edit/hosts';
import { asObject, asObjects } from '../edit/json';
import type { MeshObject } from '../edit/types';
import { rulesOf, serviceOf } from './rules';

/** An HTTPRoute that decides about requests to a Service. @public */
export type HttpRouteTo<T extends MeshObject = MeshObject> = {
  httpRoute: T;
  /** Whether the Service is its parent (a route of the mesh); otherwise a Gateway's requests are led there. */
  isOwn: boolean;
  /** Indexes in `spec.rules` of the rules that have the Service as a backend. */
  rules: number[];
};

/**
 * The HTTPRoutes that lead requests to a Service, those of the mesh first.
 *
 * @param host - short, or with as much of its domain as one likes
 * @param namespace - what a short host is relative to
 * @public
 */
export function findHttpRoutesTo<T extends MeshObject>(
  httpRoutes: readonly T[],
  host: string,
  namespace: string,
): HttpRouteTo<T>[] {
  const wanted = resolveHost(host, namespace);
  return httpRoutes
    .flatMap(httpRoute => {
      const own = namespaceOf(httpRoute);
      const isOwn = asObjects(asObject(httpRoute.spec).parentRefs).some(
        parent =>
          parent.kind === 'Service' && serviceOf(parent, own) === wanted,
      );
      const rules = rulesOf(httpRoute).flatMap(({ backendRefs }, index) =>
        asObjects(backendRefs).some(
          backend => serviceOf(backend, own) === wanted,
        )
          ? [index]
          : [],
      );
      return isOwn || rules.length > 0 ? [{ httpRoute, isOwn, rules }] : [];
    })
    .sort((left, right) => Number(right.isOwn) - Number(left.isOwn));
}
