import type { PrometheusClient } from '@orrery/backstage-plugin-orrery-node';
import type { MeshLink } from '@orrery/backstage-plugin-telemetry-common';
import { serviceNameOf } from './serviceNames';

/** Who called whom how often; counted by callees, which know both ends. */
export function meshLinksQuery(windowSeconds: number): string {
  return `sum by (source_canonical_service, source_workload_namespace, destination_canonical_service, destination_workload_namespace) (increase(istio_requests_total{reporter=~"destination|waypoint"}[${windowSeconds}s]))`;
}

/** Names of a workload outside the mesh. */
function nameOf(app: string | undefined, namespace: string | undefined) {
  return !app || app === 'unknown' || !namespace
    ? 'unknown'
    : serviceNameOf(app, namespace);
}

/**
 * Calls between services as the mesh counted them.
 *
 * @throws PrometheusError
 */
export async function readMeshLinks(
  client: PrometheusClient,
  range: { fromMilliseconds: number; toMilliseconds: number },
): Promise<MeshLink[]> {
  const seconds = Math.max(
    60,
    Math.round((range.toMilliseconds - range.fromMilliseconds) / 1000),
  );
  const samples = await client.query(meshLinksQuery(seconds), {
    timeMilliseconds: range.toMilliseconds,
  });
  return samples
    .filter(({ value }) => value >= 0.5)
    .map(({ metric, value }) => ({
      source: nameOf(
        metric.source_canonical_service,
        metric.source_workload_namespace,
      ),
      target: nameOf(
        metric.destination_canonical_service,
        metric.destination_workload_namespace,
      ),
      requests: Math.round(value),
    }));
}
