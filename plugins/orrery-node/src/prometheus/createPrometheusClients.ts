import type { OrreryConfig } from '../config';
import { HttpPrometheusClient } from './HttpPrometheusClient';
import type { PrometheusClient } from './types';

/**
 * Clients by name of cluster. Clusters that share a Prometheus share its
 * client, and with it the limit on queries at once.
 *
 * @public
 */
export function createPrometheusClients({
  clusters,
}: Pick<OrreryConfig, 'clusters'>): ReadonlyMap<string, PrometheusClient> {
  const byAddress = new Map<string, PrometheusClient>();
  return new Map(
    clusters.flatMap(({ name, prometheus }) => {
      if (!prometheus) {
        return [];
      }
      const address = JSON.stringify([prometheus.url, prometheus.headers]);
      const client =
        byAddress.get(address) ?? new HttpPrometheusClient(prometheus);
      byAddress.set(address, client);
      return [[name, client] as const];
    }),
  );
}
