import {
  RESOURCE_TYPES,
  type KubernetesObject,
  type WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';

/** How long a first list may keep a reader waiting. */
const FIRST_LIST_MILLISECONDS = 3000;

/** What following and permissions need of a pod; there are many. */
export function keepPod(pod: KubernetesObject): KubernetesObject {
  const { name, namespace, uid, labels } = pod.metadata;
  return {
    metadata: { name, namespace, uid, labels },
    spec: slimSpec(pod.spec),
    status: pod.status,
  };
}

function slimSpec(spec: unknown): object {
  if (typeof spec !== 'object' || spec === null) {
    return {};
  }
  const names = (key: string) => {
    const list: unknown = Reflect.get(spec, key);
    return Array.isArray(list)
      ? list.map(item => ({
          name: item?.name,
          restartPolicy: item?.restartPolicy,
        }))
      : [];
  };
  return {
    nodeName: Reflect.get(spec, 'nodeName'),
    containers: names('containers'),
    initContainers: names('initContainers'),
    ephemeralContainers: names('ephemeralContainers'),
  };
}

/** The app that a pod belongs to, by its labels. */
export function appOfPod(pod: KubernetesObject): string | undefined {
  const { labels = {} } = pod.metadata;
  return labels.app ?? labels['app.kubernetes.io/name'];
}

/** Pods of clusters, and the apps that they are. */
export class KnownApps {
  readonly #caches: WatchCaches;

  constructor(caches: WatchCaches) {
    this.#caches = caches;
  }

  /** Pods as last known; none where the cluster cannot be read. */
  async pods(cluster: string) {
    const cache = this.#caches.get(cluster, RESOURCE_TYPES.pods, keepPod);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      cache.ready(),
      new Promise(resolve => {
        timer = setTimeout(resolve, FIRST_LIST_MILLISECONDS);
      }),
    ]);
    clearTimeout(timer);
    return {
      pods: cache.objects ?? [],
      status: { ...cache.status, name: `${cluster}/pods` },
    };
  }

  /** Apps by namespace. */
  async read(cluster: string): Promise<Map<string, Set<string>>> {
    const known = new Map<string, Set<string>>();
    for (const pod of (await this.pods(cluster)).pods) {
      const { namespace = '' } = pod.metadata;
      const apps = known.get(namespace) ?? new Set();
      known.set(namespace, apps);
      const app = appOfPod(pod);
      if (app !== undefined) {
        apps.add(app);
      }
    }
    return known;
  }
}
