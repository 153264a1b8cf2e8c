import { checkPercent } from '../edit/checks';
import { namespaceOf, resolveHost } from '../edit/hosts';
import {
  asObject,
  asObjects,
  withSpec,
  without,
  type Json,
} from '../edit/json';
import type { MeshObject } from '../edit/types';
import { referenceTo, rulesOf, serviceOf, weightedRules } from './rules';

function isMirrorTo(filter: Json, service: string, namespace: string): boolean {
  const { backendRef } = asObject(filter.requestMirror);
  return (
    filter.type === 'RequestMirror' &&
    serviceOf(asObject(backendRef), namespace) === service
  );
}

function othersOf(rule: Json, service: string, namespace: string): Json[] {
  return asObjects(rule.filters).filter(
    filter => !isMirrorTo(filter, service, namespace),
  );
}

/**
 * Copies a share of the ordinary requests to a Service; answers to copies are
 * thrown away. Mirrors to elsewhere stay beside it.
 *
 * @param change - `percentage` of the requests that are copied, 0..100
 * @throws InvalidValueError naming `percentage`, or `spec.rules` when no rule
 *   leads to the host
 * @public
 */
export function setMirrorFilter<T extends MeshObject>(
  httpRoute: T,
  change: { host: string; service: string; percentage: number },
): T {
  const { host, service, percentage } = change;
  checkPercent('percentage', percentage);
  const namespace = namespaceOf(httpRoute);
  const wanted = resolveHost(service, namespace);
  const indexes = weightedRules(httpRoute, host, [service]);
  return withSpec(httpRoute, {
    rules: rulesOf(httpRoute).map((rule, index) => {
      if (!indexes.includes(index)) {
        return rule;
      }
      const [{ port }] = asObjects(rule.backendRefs);
      const mirror = {
        type: 'RequestMirror',
        requestMirror: {
          backendRef: referenceTo(service, port),
          percent: percentage,
        },
      };
      return {
        ...rule,
        filters: [...othersOf(rule, wanted, namespace), mirror],
      };
    }),
  });
}

/**
 * Ends the copying of requests to a Service; mirrors to elsewhere stay.
 *
 * @public
 */
export function clearMirrorFilter<T extends MeshObject>(
  httpRoute: T,
  service: string,
): T {
  const namespace = namespaceOf(httpRoute);
  const wanted = resolveHost(service, namespace);
  const hasOne = (rule: Json) =>
    asObjects(rule.filters).some(filter =>
      isMirrorTo(filter, wanted, namespace),
    );
  const rules = rulesOf(httpRoute);
  return rules.some(hasOne)
    ? withSpec(httpRoute, {
        rules: rules.map(rule => {
          if (!hasOne(rule)) {
            return rule;
          }
          const filters = othersOf(rule, wanted, namespace);
          return filters.length > 0
            ? { ...rule, filters }
            : without(rule, 'filters');
        }),
      })
    : httpRoute;
}
