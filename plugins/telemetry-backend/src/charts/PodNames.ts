import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import {
  podPatternOf,
  type NamedWorkload,
} from '@orrery/backstage-plugin-telemetry-common';
import { LRUCache } from 'lru-cache';
import { reasonOf } from '../sources/UpstreamError';

const KEPT_MILLISECONDS = 60_000;

const KINDS = [
  ['Deployment', RESOURCE_TYPES.deployments],
  ['StatefulSet', RESOURCE_TYPES.statefulSets],
  ['DaemonSet', RESOURCE_TYPES.daemonSets],
  ['Rollout', RESOURCE_TYPES.rollouts],
] as const;

/** Labels that name the app of a pod, as Istio reads them for its canonical service. */
const APP_LABELS = [
  'service.istio.io/canonical-name',
  'app.kubernetes.io/name',
  'app',
];

/** The app of a workload's pods. */
export function appOfWorkload(workload: KubernetesObject): string | undefined {
  const { spec } = workload as {
    spec?: { template?: { metadata?: { labels?: Record<string, string> } } };
  };
  const labels = spec?.template?.metadata?.labels ?? {};
  return APP_LABELS.map(name => labels[name]).find(Boolean);
}

type Workloads = { workloads: (NamedWorkload & { app?: string })[] };

/** Knows how the pods of apps are named, for metrics that tell nothing else of them. */
export class PodNames {
  readonly #client: ClusterClient;
  readonly #cache = new LRUCache<string, Promise<Workloads>>({
    max: 500,
    ttl: KEPT_MILLISECONDS,
  });

  constructor(client: ClusterClient) {
    this.#client = client;
  }

  async of(
    cluster: string,
    namespace: string,
    app: string,
  ): Promise<{ podPattern: string; source: SourceStatus }> {
    const name = 'kubernetes';
    try {
      const { workloads } = await this.#workloads(cluster, namespace);
      const own = workloads.filter(workload => workload.app === app);
      return {
        podPattern: podPatternOf(
          own.length > 0 ? own : [{ kind: 'Deployment', name: app }],
        ),
        source: { name, state: 'ok' },
      };
    } catch (error) {
      return {
        podPattern: podPatternOf([{ kind: 'Deployment', name: app }]),
        source: {
          name,
          state: 'failed',
          reason: `${reasonOf(
            error,
          )}; pods are taken to be named after the app`,
        },
      };
    }
  }

  #workloads(cluster: string, namespace: string): Promise<Workloads> {
    const key = `${cluster} ${namespace}`;
    const present = this.#cache.get(key);
    if (present) {
      return present;
    }
    const answer = this.#list(cluster, namespace);
    this.#cache.set(key, answer);
    answer.catch(() => this.#cache.delete(key));
    return answer;
  }

  async #list(cluster: string, namespace: string): Promise<Workloads> {
    const lists = await Promise.allSettled(
      KINDS.map(async ([kind, type]) => {
        const { items } = await this.#client.list(cluster, type, {
          namespace,
        });
        return items.map(item => ({
          kind,
          name: item.metadata.name,
          app: appOfWorkload(item),
        }));
      }),
    );
    // Rollouts are often not installed; without Deployments nothing is known.
    if (lists[0].status === 'rejected') {
      throw lists[0].reason;
    }
    return {
      workloads: lists.flatMap(list =>
        list.status === 'fulfilled' ? list.value : [],
      ),
    };
  }
}
