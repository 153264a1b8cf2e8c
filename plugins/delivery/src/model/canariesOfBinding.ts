import type {
  CanaryList,
  CanarySummary,
} from '@orrery/backstage-plugin-delivery-common';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';

/**
 * Canaries of a catalog entity in all environments: those of its app in its
 * namespace, and in namespaces that are named after it (`wealth-test`).
 */
export function canariesOfBinding(
  { canaries }: CanaryList,
  { cluster, namespace, app }: Binding,
): CanarySummary[] {
  return canaries.filter(canary => {
    const [itsCluster, itsNamespace] = canary.ref.split('/');
    return (
      canary.app === app &&
      (cluster === undefined || itsCluster === cluster) &&
      (itsNamespace === namespace || itsNamespace.startsWith(`${namespace}-`))
    );
  });
}
