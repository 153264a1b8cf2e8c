import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { namespaceOf, resolveHost } from '../edit/hosts';
import { asObject, asObjects, asText, type Json } from '../edit/json';
import type { MeshObject } from '../edit/types';

/** The rules of an HTTPRoute. */
export function rulesOf(httpRoute: MeshObject): readonly Json[] {
  return asObjects(asObject(httpRoute.spec).rules);
}

function isForAudience(rule: Json): boolean {
  return asObjects(rule.matches).some(
    match =>
      asObjects(match.headers).length > 0 ||
      asObjects(match.queryParams).length > 0,
  );
}

/** The Service that a reference names, in the spelling of `resolveHost`. */
export function serviceOf(reference: Json, namespace: string): string {
  return resolveHost(
    `${asText(reference.name) ?? ''}.${
      asText(reference.namespace) ?? namespace
    }`,
    namespace,
  );
}

/**
 * A reference to a Service with the defaults that API servers fill in, so that
 * what is read back equals what was written
 * (https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference).
 */
export function referenceTo(service: string, port: unknown): Json {
  return {
    group: '',
    kind: 'Service',
    name: service,
    ...(port !== undefined && { port }),
  };
}

/**
 * Indexes of the rules that carry the ordinary requests to a Service: all
 * when the Service is the route's parent (a route of the mesh), otherwise
 * those that have it, or one of `others`, among their backends. Rules for an
 * audience (by headers or query) are never among them.
 *
 * @throws InvalidValueError naming `spec.rules` when there are none
 */
export function weightedRules(
  httpRoute: MeshObject,
  host: string,
  others: readonly string[] = [],
): number[] {
  const namespace = namespaceOf(httpRoute);
  const wanted = resolveHost(host, namespace);
  const known = [host, ...others].map(name => resolveHost(name, namespace));
  const isParent = asObjects(asObject(httpRoute.spec).parentRefs).some(
    parent =>
      parent.kind === 'Service' && serviceOf(parent, namespace) === wanted,
  );
  const rules = rulesOf(httpRoute);
  const found = rules.flatMap((rule, index) => {
    const backends = asObjects(rule.backendRefs);
    const leadsThere =
      backends.length > 0 &&
      (isParent ||
        backends.some(backend =>
          known.includes(serviceOf(backend, namespace)),
        ));
    return leadsThere && !isForAudience(rule) ? [index] : [];
  });
  if (found.length === 0) {
    throw new InvalidValueError(
      'spec.rules',
      `a rule for everyone that leads to ${host}`,
      rules.map(({ backendRefs }) => backendRefs),
    );
  }
  return found;
}
