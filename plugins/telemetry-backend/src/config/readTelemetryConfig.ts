import type { Config } from '@backstage/config';
import {
  readPositive,
  readUrl,
  refuse,
} from '@orrery/backstage-plugin-orrery-node';
import { readUpstream, type UpstreamConfig } from './readUpstream';

/** One Grafana. Its token never leaves the server. */
export type GrafanaConfig = UpstreamConfig & {
  name: string;
  /** Address for browsers; that for the server where absent. */
  publicUrl: string;
  tags: readonly string[];
  folder?: string;
  /** `auto` asks Grafana whether it may be framed. */
  embed: 'auto' | 'never';
};

/** What holds metrics that Prometheus has forgotten. */
export type LongRangeConfig = UpstreamConfig & {
  type: 'prometheus' | 'influxdb';
  /** Of InfluxDB. */
  database?: string;
  retentionDays: number;
};

/** What telemetry knows of one cluster. */
export type ClusterTelemetryConfig = {
  zipkin?: UpstreamConfig;
  grafana: readonly GrafanaConfig[];
  longRange?: LongRangeConfig;
};

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

function readGrafana(
  config: Config,
  path: string,
  seen: Set<string>,
): GrafanaConfig {
  const name = config.getOptionalString('name') ?? 'grafana';
  if (!NAME.test(name) || seen.has(name)) {
    refuse(
      `${path}.name`,
      'letters, digits, dots and dashes that no other Grafana of the cluster has',
      name,
    );
  }
  seen.add(name);
  const embed = config.getOptionalString('embed') ?? 'auto';
  if (embed !== 'auto' && embed !== 'never') {
    refuse(`${path}.embed`, 'auto or never', embed);
  }
  const upstream = readUpstream(config, path);
  const token = config.getOptionalString('token');
  return {
    ...upstream,
    headers: {
      ...upstream.headers,
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    name,
    publicUrl: config.has('publicUrl')
      ? readUrl(config, 'publicUrl', path, 'headers')
      : upstream.url,
    tags: config.getOptionalStringArray('tags') ?? [],
    folder: config.getOptionalString('folder'),
    embed,
  };
}

function readLongRange(config: Config, path: string): LongRangeConfig {
  const type = config.getString('type');
  if (type !== 'prometheus' && type !== 'influxdb') {
    refuse(`${path}.type`, 'prometheus or influxdb', type);
  }
  const database = config.getOptionalString('database');
  if (type === 'influxdb' && !database) {
    refuse(`${path}.database`, 'the name of a database', database);
  }
  const retentionDays = readPositive(config, 'retentionDays', path, 365);
  const upstream = readUpstream(config, path);
  const username = config.getOptionalString('username');
  const pair = `${username}:${config.getOptionalString('password') ?? ''}`;
  return {
    ...upstream,
    headers: {
      ...upstream.headers,
      ...(username && {
        Authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
      }),
    },
    type,
    database,
    retentionDays,
  };
}

/**
 * Reads where telemetry is, by name of cluster.
 *
 * @throws Error that names the key, what was expected and what was found.
 */
export function readTelemetryConfig(
  config: Config,
): ReadonlyMap<string, ClusterTelemetryConfig> {
  const clusters = config.getOptionalConfigArray('orrery.clusters') ?? [];
  return new Map(
    clusters.map((cluster, index) => {
      const path = `orrery.clusters[${index}]`;
      const zipkin = cluster.getOptionalConfig('zipkin');
      const longRange = cluster.getOptionalConfig('longRange');
      const seen = new Set<string>();
      return [
        cluster.getString('name'),
        {
          zipkin: zipkin && readUpstream(zipkin, `${path}.zipkin`),
          grafana: (cluster.getOptionalConfigArray('grafana') ?? []).map(
            (grafana, position) =>
              readGrafana(grafana, `${path}.grafana[${position}]`, seen),
          ),
          longRange: longRange && readLongRange(longRange, `${path}.longRange`),
        },
      ];
    }),
  );
}
