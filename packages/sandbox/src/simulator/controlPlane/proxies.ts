import { DEFAULT_REVISION, imageTag } from '../../world/names';
import type { LiveCluster } from '../live/cluster';
import type { LivePod } from '../live/model';
import { asRecords, asString } from '../read';

/** Kinds of proxy as istiod names them. */
export type ProxyType = 'sidecar' | 'router' | 'waypoint' | 'ztunnel';

/** A proxy that takes its configuration from istiod. */
export interface ConnectedProxy {
  pod: LivePod;
  type: ProxyType;
  /** Istio's release, from the proxy's image. */
  version: string;
  /** Revision of the control plane that it asks. */
  revision: string;
}

function typeOf({ workload }: LivePod): ProxyType | undefined {
  switch (workload.dataPlane) {
    case 'sidecar':
      return 'sidecar';
    case 'gateway':
      return 'router';
    case 'waypoint':
      return 'waypoint';
    default:
      return workload.key === 'istio-system/ztunnel' ? 'ztunnel' : undefined;
  }
}

function versionOf({ object }: LivePod): string {
  const proxy = asRecords(object.spec?.containers).find(
    container => container.name === 'istio-proxy',
  );
  return imageTag(asString(proxy?.image) ?? '') ?? 'unknown';
}

const revisionLabel = 'istio.io/rev';

/** Which proxies are connected to which istiod: those of its revision, shared out among its ready pods. */
export class ConnectedProxies {
  #changes = -1;
  #all: readonly ConnectedProxy[] = [];
  #byIstiod = new Map<string, ConnectedProxy[]>();

  constructor(private readonly cluster: LiveCluster) {}

  /** Every proxy that runs, connected or not. */
  get all(): readonly ConnectedProxy[] {
    this.#refresh();
    return this.#all;
  }

  /** Proxies that are connected to an istiod pod. */
  of(istiod: LivePod): readonly ConnectedProxy[] {
    this.#refresh();
    return this.#byIstiod.get(istiod.key) ?? [];
  }

  #refresh(): void {
    const { pods } = this.cluster;
    if (this.#changes === pods.changes) return;
    this.#changes = pods.changes;
    const all: ConnectedProxy[] = [];
    const istiods = new Map<string, LivePod[]>();
    for (const pod of pods.pods.values()) {
      if (pod.labels.app === 'istiod' && pod.ready) {
        const revision = pod.labels[revisionLabel] ?? DEFAULT_REVISION;
        istiods.set(revision, [...(istiods.get(revision) ?? []), pod]);
      }
      const type = pod.ready ? typeOf(pod) : undefined;
      if (!type) continue;
      all.push({
        pod,
        type,
        version: versionOf(pod),
        revision:
          pod.object.metadata.annotations?.[revisionLabel] ?? DEFAULT_REVISION,
      });
    }
    all.sort((first, second) => (first.pod.key < second.pod.key ? -1 : 1));
    this.#all = all;
    this.#byIstiod = new Map();
    all.forEach((proxy, index) => {
      const candidates = istiods.get(proxy.revision) ?? [];
      if (candidates.length === 0) return;
      const { key } = candidates[index % candidates.length];
      const list = this.#byIstiod.get(key) ?? [];
      list.push(proxy);
      this.#byIstiod.set(key, list);
    });
  }
}
