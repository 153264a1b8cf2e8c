import type { Binding } from '@orrery/backstage-plugin-orrery-common';

/** Where something runs, and of which app it is. */
type Placed = { cluster: string; namespace: string; app: string };

/**
 * Whether something belongs to a catalog entity in any environment: it is of
 * its app, in its namespace or in one that is named after it
 * (`wealth-test`).
 */
export function isOfBinding(
  { cluster, namespace, app }: Placed,
  binding: Binding,
): boolean {
  return (
    app === binding.app &&
    (binding.cluster === undefined || cluster === binding.cluster) &&
    (namespace === binding.namespace ||
      namespace.startsWith(`${binding.namespace}-`))
  );
}
