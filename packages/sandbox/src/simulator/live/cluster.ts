import type { ObjectStore } from '../../kubernetes/store';
import type { App } from '../../world/types';
import { ConfigIndex, ROUTING_RESOURCES, serviceSelector } from './config';
import type { LivePod, LiveWorkload } from './model';
import { PodIndex } from './pods';

/** Ready pods of one workload behind a service or subset. */
export interface Endpoint {
  workload: LiveWorkload;
  readyPods: number;
}

function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  for (const name in selector) {
    if (labels[name] !== selector[name]) return false;
  }
  return true;
}

/**
 * What the simulator reads of the cluster, indexed from the store's changes
 * so that no tick has to scan it.
 */
export class LiveCluster {
  readonly pods: PodIndex;
  readonly config = new ConfigIndex();
  readonly #endpoints = new Map<
    string,
    { revision: string; endpoints: Endpoint[] }
  >();
  readonly #stop: () => void;

  constructor(store: ObjectStore, apps: readonly App[]) {
    this.pods = new PodIndex(apps);
    for (const resource of ROUTING_RESOURCES) {
      for (const object of store.list(resource)) {
        this.config.apply({ type: 'ADDED', resource, object });
      }
    }
    for (const object of store.list('pods')) this.pods.put(object);
    this.#stop = store.onChange(change => {
      if (change.resource !== 'pods') this.config.apply(change);
      else if (change.type === 'DELETED') this.pods.delete(change.object);
      else this.pods.put(change.object);
    });
  }

  /** Stops listening to the store. */
  close(): void {
    this.#stop();
  }

  /** Ready endpoints of a service, optionally of the subset with these labels; undefined when there is no such service. */
  endpoints(
    namespace: string,
    name: string,
    subset?: Readonly<Record<string, string>>,
  ): Endpoint[] | undefined {
    const service = this.config.get('services', namespace, name);
    if (!service) return undefined;
    const labels = subset ? JSON.stringify(subset) : '';
    const key = `${namespace}/${name}/${labels}`;
    const revision = `${this.pods.revision(namespace)}.${
      service.metadata.resourceVersion ?? ''
    }`;
    const cached = this.#endpoints.get(key);
    if (cached?.revision === revision) return cached.endpoints;
    const selector = serviceSelector(service);
    const groups = new Map<LiveWorkload, number>();
    for (const pod of this.pods.inNamespace(namespace)) {
      if (!selector || !pod.ready) continue;
      if (!selects(selector, pod.labels)) continue;
      if (subset && !selects(subset, pod.labels)) continue;
      groups.set(pod.workload, (groups.get(pod.workload) ?? 0) + 1);
    }
    const endpoints = [...groups].map(([workload, readyPods]) => ({
      workload,
      readyPods,
    }));
    this.#endpoints.set(key, { revision, endpoints });
    return endpoints;
  }

  pod(namespace: string, name: string): LivePod | undefined {
    return this.pods.pods.get(`${namespace}/${name}`);
  }
}
