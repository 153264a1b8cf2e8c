import type {
  ServicePlaceInput,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';
import { isOfBinding } from './isOfBinding';

/**
 * Where a service of the catalog is. An entity that names no cluster is where
 * its workloads are; while those are not known, nowhere is known.
 */
export function placeOfBinding(
  binding: Binding,
  workloads: readonly WorkloadSummary[],
): ServicePlaceInput | undefined {
  const { namespace, app } = binding;
  const own = workloads.filter(workload => isOfBinding(workload, binding));
  const cluster =
    binding.cluster ??
    (own.find(workload => workload.namespace === namespace) ?? own.at(0))
      ?.cluster;
  return cluster === undefined ? undefined : { cluster, namespace, app };
}
