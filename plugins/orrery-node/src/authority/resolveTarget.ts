import {
  baseNamespaceOf,
  environmentOf,
  parseRef,
  type Environment,
} from '@orrery/backstage-plugin-orrery-common';
import type { Owners } from './OwnerIndex';
import type { Target } from './types';

/**
 * Tells everything about a target that rules ask for. What runs in
 * `wealth-test` is owned by what the catalog binds to that namespace, and
 * otherwise by what it binds to `wealth`. What no component claims belongs to
 * the owners of the system.
 *
 * @throws InvalidValueError when the ref has another shape
 * @public
 */
export function resolveTarget(
  ref: string,
  environments: readonly Environment[],
  owners: Owners,
): Target {
  const parsed = parseRef(ref);
  const { cluster, namespace } = parsed;
  const base = baseNamespaceOf(environments, cluster, namespace);
  const at = {
    ref,
    cluster,
    namespace,
    environment: environmentOf(environments, cluster, namespace).name,
  };
  if (parsed.type === 'namespace') {
    return {
      ...at,
      kind: 'Namespace',
      name: namespace,
      ...owners.ofSystem(base),
    };
  }
  const { name } = parsed;
  const places = base === namespace ? [namespace] : [namespace, base];
  const claimed = places
    .map(place => owners.ofObject({ cluster, namespace: place, name }))
    .find(({ entityRef }) => entityRef !== undefined);
  return {
    ...at,
    kind: parsed.type === 'service' ? 'service' : parsed.kind,
    name,
    // Nobody's yet: whoever owns the system decides about it.
    ...(claimed ?? { owners: owners.ofSystem(base).owners }),
  };
}
