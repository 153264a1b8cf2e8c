import { checkWeights } from '../edit/checks';
import { asObject, asObjects, asText, withSpec } from '../edit/json';
import type { MeshObject, SubsetWeight } from '../edit/types';
import { desiredWeights } from '../edit/weights';
import { rulesOf, weightedRules } from './rules';

/**
 * Shares the ordinary requests to a Service among Services (in ambient
 * meshes, versions have Services of their own instead of subsets). The
 * weights are the whole of it: a backend that is not listed goes, one of
 * weight 0 stays. Matches, filters and timeouts are left as they are, and so
 * are rules for an audience (by headers or query).
 *
 * @param change - `host` is the Service that callers name
 * @throws InvalidValueError naming `weights...`, or `spec.rules` when no rule
 *   leads to the host
 * @public
 */
export function setBackendWeights<T extends MeshObject>(
  httpRoute: T,
  change: {
    host: string;
    weights: readonly { service: string; weight: number }[];
  },
): T {
  const { host, weights } = change;
  checkWeights(weights.map(entry => ({ ...entry, name: entry.service })));
  const indexes = weightedRules(
    httpRoute,
    host,
    weights.map(({ service }) => service),
  );
  return withSpec(httpRoute, {
    rules: rulesOf(httpRoute).map((rule, index) => {
      if (!indexes.includes(index)) {
        return rule;
      }
      const present = asObjects(rule.backendRefs);
      const kept = present.filter(({ name }) =>
        weights.some(({ service }) => service === name),
      );
      const fresh = weights
        .filter(({ service }) => !kept.some(({ name }) => name === service))
        .map(({ service }) => ({
          name: service,
          ...(present[0].port !== undefined && { port: present[0].port }),
        }));
      return {
        ...rule,
        backendRefs: [...kept, ...fresh].map(backend => ({
          ...backend,
          weight: weights.find(({ service }) => service === backend.name)
            ?.weight,
        })),
      };
    }),
  });
}

/**
 * Desired weights by Service. A backend without a weight counts 1
 * (https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref).
 */
export function readBackendWeights(
  httpRoute: MeshObject,
  host: string,
): SubsetWeight[] {
  const [first] = weightedRules(httpRoute, host);
  return desiredWeights(
    asObjects(asObject(rulesOf(httpRoute)[first]).backendRefs).map(backend => ({
      subset: asText(backend.name),
      weight: backend.weight ?? 1,
    })),
  );
}
