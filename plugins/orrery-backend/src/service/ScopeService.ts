import type {
  ClusterSummary,
  ScopeResponse,
} from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
  type OrreryConfig,
  type WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';

function dataPlaneOf(
  namespace: KubernetesObject,
): ClusterSummary['namespaces'][number]['dataPlane'] {
  const labels = namespace.metadata.labels ?? {};
  if (labels['istio.io/dataplane-mode'] === 'ambient') {
    return 'ambient';
  }
  return labels['istio-injection'] === 'enabled' || labels['istio.io/rev']
    ? 'sidecar'
    : 'none';
}

/** Which clusters and namespaces there are to choose from. */
export class ScopeService {
  readonly #config: OrreryConfig;
  readonly #caches: WatchCaches;

  constructor(options: { config: OrreryConfig; caches: WatchCaches }) {
    this.#config = options.config;
    this.#caches = options.caches;
  }

  /** Never fails: a cluster that cannot be read is listed with its reason. */
  async read(): Promise<ScopeResponse> {
    const parts = await Promise.all(
      this.#config.clusters.map(async cluster => {
        const cache = this.#caches.get(cluster.name, RESOURCE_TYPES.namespaces);
        await cache.ready();
        const summary: ClusterSummary = {
          name: cluster.name,
          title: cluster.title,
          prometheus: cluster.prometheus !== undefined,
          namespaces: (cache.objects ?? [])
            .map(namespace => ({
              name: namespace.metadata.name,
              dataPlane: dataPlaneOf(namespace),
            }))
            .sort((left, right) => left.name.localeCompare(right.name)),
        };
        return {
          summary,
          source: { ...cache.status, name: `${cluster.name}/namespaces` },
        };
      }),
    );
    return {
      clusters: parts.map(part => part.summary),
      readOnly: this.#config.readOnly,
      sources: parts.map(part => part.source),
      warnings: [],
    };
  }
}
