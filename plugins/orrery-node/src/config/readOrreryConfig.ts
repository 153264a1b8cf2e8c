import type { Config } from '@backstage/config';
import type {
  Environment,
  Naming,
} from '@orrery/backstage-plugin-orrery-common';
import { readEnvironments } from './readEnvironments';
import { readNaming } from './readNaming';
import { readHeaders, readPositive, readUrl } from './readUpstreamValues';
import { refuse } from './refuse';

/** Where and how to ask one Prometheus. @public */
export type PrometheusConfig = {
  url: string;
  /** Headers of every request, authentication and tenant included. */
  headers: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  maxConcurrency: number;
  retentionDays: number;
};

/** One cluster of the `orrery:` section. @public */
export type ClusterConfig = {
  name: string;
  title: string;
  protectedNamespaces: readonly string[];
  prometheus?: PrometheusConfig;
};

/** The `orrery:` section. @public */
export type OrreryConfig = {
  readOnly: boolean;
  clusters: readonly ClusterConfig[];
  /** Empty where none is configured: all is one unprotected `production`. */
  environments: readonly Environment[];
  /** What belongs to a service by convention. */
  naming: Naming;
  /** Hours after which a write that nobody approved expires. */
  approvalExpiryHours: number;
};

function readPrometheus(config: Config, path: string): PrometheusConfig {
  const basic = config.getOptionalConfig('basicAuth');
  const bearer = config.getOptionalString('bearerToken');
  if (basic && bearer) {
    refuse(path, 'either basicAuth or bearerToken', 'both');
  }
  const headers = readHeaders(config);
  if (basic) {
    const pair = `${basic.getString('username')}:${basic.getString(
      'password',
    )}`;
    headers.Authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  } else if (bearer) {
    headers.Authorization = `Bearer ${bearer}`;
  }
  return {
    url: readUrl(config, 'url', path, 'basicAuth'),
    headers,
    timeoutSeconds: readPositive(config, 'timeoutSeconds', path, 15),
    maxConcurrency: readPositive(config, 'maxConcurrency', path, 8),
    retentionDays: readPositive(config, 'retentionDays', path, 15),
  };
}

/** Names that `kubernetes:` declares, or undefined when they are only known at run time. */
function declaredClusters(config: Config): string[] | undefined {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  if (methods.some(method => method.getString('type') !== 'config')) {
    return undefined;
  }
  return methods.flatMap(method =>
    (method.getOptionalConfigArray('clusters') ?? []).map(cluster =>
      cluster.getString('name'),
    ),
  );
}

/**
 * Reads the `orrery:` section.
 *
 * @throws Error that names the key, what was expected and what was found.
 * @public
 */
export function readOrreryConfig(config: Config): OrreryConfig {
  const declared = declaredClusters(config);
  const seen = new Set<string>();
  const clusters = (config.getOptionalConfigArray('orrery.clusters') ?? []).map(
    (cluster, index): ClusterConfig => {
      const path = `orrery.clusters[${index}]`;
      const name = cluster.getString('name');
      if (seen.has(name)) {
        refuse(`${path}.name`, 'a name that no other cluster has', name);
      }
      seen.add(name);
      if (declared && !declared.includes(name)) {
        refuse(
          `${path}.name`,
          `a cluster declared under kubernetes.clusterLocatorMethods (${
            declared.join(', ') || 'there is none'
          })`,
          name,
        );
      }
      const prometheus = cluster.getOptionalConfig('prometheus');
      return {
        name,
        title: cluster.getOptionalString('title') ?? name,
        protectedNamespaces:
          cluster.getOptionalStringArray('protectedNamespaces') ?? [],
        prometheus:
          prometheus && readPrometheus(prometheus, `${path}.prometheus`),
      };
    },
  );
  return {
    readOnly: config.getOptionalBoolean('orrery.readOnly') ?? false,
    clusters,
    environments: readEnvironments(config),
    naming: readNaming(config),
    approvalExpiryHours: readPositive(
      config,
      'orrery.approvals.expireAfterHours',
      '',
      24,
    ),
  };
}
