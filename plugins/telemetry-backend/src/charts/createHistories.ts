import {
  createPrometheusClients,
  type OrreryConfig,
  type PrometheusClient,
} from '@orrery/backstage-plugin-orrery-node';
import type {
  ClusterTelemetryConfig,
  LongRangeConfig,
} from '../config/readTelemetryConfig';
import { InfluxHistory } from './InfluxHistory';
import type { MetricHistory } from './MetricHistory';
import { PrometheusHistory } from './PrometheusHistory';

/** Queries at once against a store of long ranges. */
const CONCURRENCY = 4;

function longHistory(name: string, config: LongRangeConfig): MetricHistory {
  if (config.type === 'influxdb') {
    return new InfluxHistory(config);
  }
  const clients = createPrometheusClients({
    clusters: [
      {
        name,
        title: name,
        protectedNamespaces: [],
        prometheus: { ...config, maxConcurrency: CONCURRENCY },
      },
    ],
  });
  return new PrometheusHistory({
    name: 'long-range prometheus',
    retentionDays: config.retentionDays,
    client: clients.get(name) as PrometheusClient,
  });
}

/** What holds the metrics of each cluster, the shortest first. */
export function createHistories(
  config: OrreryConfig,
  telemetry: ReadonlyMap<string, ClusterTelemetryConfig>,
  clients: ReadonlyMap<string, PrometheusClient>,
): ReadonlyMap<string, readonly MetricHistory[]> {
  return new Map(
    config.clusters.map(({ name, prometheus }) => {
      const client = clients.get(name);
      const longRange = telemetry.get(name)?.longRange;
      return [
        name,
        [
          ...(client && prometheus
            ? [
                new PrometheusHistory({
                  name: 'prometheus',
                  retentionDays: prometheus.retentionDays,
                  client,
                }),
              ]
            : []),
          ...(longRange ? [longHistory(name, longRange)] : []),
        ],
      ];
    }),
  );
}
