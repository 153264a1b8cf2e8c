import type {
  WorkloadList,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';

/**
 * Workloads of a catalog entity in all environments: those of its app in its
 * namespace, and in namespaces that are named after it (`wealth-test`).
 */
export function workloadsOfBinding(
  { items }: WorkloadList,
  { cluster, namespace, app }: Binding,
): WorkloadSummary[] {
  return items.filter(
    workload =>
      workload.app === app &&
      (cluster === undefined || workload.cluster === cluster) &&
      (workload.namespace === namespace ||
        workload.namespace.startsWith(`${namespace}-`)),
  );
}
