import type {
  PrometheusClient,
  PrometheusSample,
} from '@orrery/backstage-plugin-orrery-node';
import type { MeshLink } from '@orrery/backstage-plugin-telemetry-common';
import { serviceNameOf } from './serviceNames';

const ENDS =
  'source_canonical_service, source_workload_namespace, destination_canonical_service, destination_workload_namespace';

/** Who called whom how often; counted by callees, which know both ends. */
export function meshLinksQuery(windowSeconds: number): string {
  return `sum by (${ENDS}) (increase(istio_requests_total{reporter=~"destination|waypoint"}[${windowSeconds}s]))`;
}

/** The same as callers counted it, connections included: callees outside the mesh count nothing. */
export function callerLinksQuery(windowSeconds: number): string {
  const counted = (metric: string) =>
    `increase(${metric}{reporter="source"}[${windowSeconds}s])`;
  return `sum by (${ENDS}, destination_service_name) (${counted(
    'istio_requests_total',
  )} or ${counted('istio_tcp_connections_opened_total')})`;
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
  const moment = { timeMilliseconds: range.toMilliseconds };
  const [callees, callers] = await Promise.all([
    client.query(meshLinksQuery(seconds), moment),
    client.query(callerLinksQuery(seconds), moment),
  ]);
  const counted = linksOf(callees);
  const known = new Set(counted.map(keyOf));
  return [
    ...counted,
    ...linksOf(callers).filter(
      link => link.source !== 'unknown' && !known.has(keyOf(link)),
    ),
  ];
}

function keyOf({ source, target }: MeshLink): string {
  return `${source} ${target}`;
}

function linksOf(samples: readonly PrometheusSample[]): MeshLink[] {
  return samples
    .filter(({ value }) => value >= 0.5)
    .map(({ metric, value }) => {
      const target = nameOf(
        metric.destination_canonical_service,
        metric.destination_workload_namespace,
      );
      return {
        source: nameOf(
          metric.source_canonical_service,
          metric.source_workload_namespace,
        ),
        // A host outside of the cluster is all that is known of it.
        target:
          target === 'unknown'
            ? metric.destination_service_name ?? target
            : target,
        requests: Math.round(value),
      };
    });
}
