import type { LiveCluster } from '../live/cluster';
import type { LiveWorkload } from '../live/model';
import { waypointName } from '../routing/waypointName';

/**
 * The waypoint that a caller's requests to a service go over, ready or not.
 * Sidecars and ztunnel follow the label of the service or its namespace;
 * gateways only where the service asks for it with
 * `istio.io/ingress-use-waypoint`; callers outside the mesh and other
 * waypoints go straight to the pods. Waypoints of other namespaces are not followed.
 */
export function findWaypoint(
  cluster: LiveCluster,
  source: LiveWorkload | undefined,
  service: { namespace: string; name: string },
): LiveWorkload | undefined {
  const { namespace, name } = service;
  const labels =
    cluster.config.get('services', namespace, name)?.metadata.labels ?? {};
  switch (source?.dataPlane) {
    case 'sidecar':
    case 'ambient':
      break;
    case 'gateway':
      if (labels['istio.io/ingress-use-waypoint'] !== 'true') return undefined;
      break;
    default:
      return undefined;
  }
  const waypoint = waypointName(cluster.config, service);
  // The Deployment of a Gateway of that class is named as the Gateway.
  const workload =
    waypoint === undefined
      ? undefined
      : cluster.pods.workloads.get(`${namespace}/${waypoint}`);
  return workload?.dataPlane === 'waypoint' ? workload : undefined;
}
