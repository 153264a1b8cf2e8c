import type { MeshIndex } from './meshIndex';
import type { NodeTable } from './nodes';
import type { ObjectIndex } from './objectIndex';
import { serviceIdentity, type Projector } from './projection';
import type { GraphOptions } from './types';

/** Namespaces that have at least one workload in the mesh besides gateways. */
function enrolledNamespaces(objects: ObjectIndex): Set<string> {
  return new Set(
    objects.workloads
      .filter(workload => {
        const role = objects.roleOf(workload);
        return (
          workload.dataPlane !== 'none' &&
          // A gateway alone does not make its namespace part of the mesh.
          role !== 'gateway' &&
          role !== 'waypoint'
        );
      })
      .map(workload => workload.namespace),
  );
}

/**
 * Adds what has no traffic: workloads, and services where they are shown, of
 * the namespaces asked for, or else of every namespace that takes part in the
 * mesh.
 */
export function addIdle(
  nodes: NodeTable,
  index: MeshIndex,
  options: GraphOptions,
  projector: Projector,
): void {
  const asked = new Set(options.namespaces);
  const hasServices = options.serviceNodes || options.graphType === 'service';
  for (const [cluster, objects] of index.clusters) {
    const wanted = asked.size > 0 ? asked : enrolledNamespaces(objects);
    for (const workload of objects.workloads) {
      if (
        wanted.has(workload.namespace) &&
        (options.waypoints || objects.roleOf(workload) !== 'waypoint')
      ) {
        nodes.addWorkload(workload, cluster);
      }
    }
    for (const { namespace, name, selector } of hasServices
      ? objects.services
      : []) {
      const endpoint = { kind: 'service' as const, cluster, namespace, name };
      if (
        selector &&
        wanted.has(namespace) &&
        projector.viewer.sees(endpoint)
      ) {
        nodes.addIdentity(serviceIdentity(cluster, namespace, name));
      }
    }
  }
}
