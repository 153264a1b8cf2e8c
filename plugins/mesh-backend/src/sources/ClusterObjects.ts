import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import type {
  GraphObjects,
  IstioObject,
  PeerAuthenticationObject,
} from '@orrery/backstage-plugin-mesh-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
  type WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import { memoize } from './memoize';
import { readIstioObject, readPeerAuthentication } from './readIstio';
import { readNamespace, readService, readWorkloads } from './readObjects';
import { keepOfPod, readPods, type ProxySync } from './readPods';

const WORKLOAD_KINDS = {
  deployments: 'Deployment',
  statefulSets: 'StatefulSet',
  daemonSets: 'DaemonSet',
} as const;
const ISTIO_KINDS = {
  virtualServices: 'VirtualService',
  destinationRules: 'DestinationRule',
  serviceEntries: 'ServiceEntry',
  gateways: 'Gateway',
  workloadEntries: 'WorkloadEntry',
  sidecars: 'Sidecar',
  envoyFilters: 'EnvoyFilter',
  peerAuthentications: 'PeerAuthentication',
  requestAuthentications: 'RequestAuthentication',
  authorizationPolicies: 'AuthorizationPolicy',
  telemetries: 'Telemetry',
  httpRoutes: 'HTTPRoute',
} as const;

type WorkloadType = keyof typeof WORKLOAD_KINDS;
type IstioType = keyof typeof ISTIO_KINDS;
type TypeName = 'namespaces' | 'services' | 'pods' | WorkloadType | IstioType;

const WORKLOAD_TYPES = Object.keys(WORKLOAD_KINDS) as WorkloadType[];
const ISTIO_TYPES = Object.keys(ISTIO_KINDS) as IstioType[];
const TYPES: readonly TypeName[] = [
  'namespaces',
  'services',
  'pods',
  ...WORKLOAD_TYPES,
  ...ISTIO_TYPES,
];

/** What Kubernetes knows about one cluster at one moment. */
export type ObjectsSnapshot = {
  objects: GraphObjects;
  sources: SourceStatus[];
  /** Names of all namespaces; undefined when they could not be listed. */
  namespaces: ReadonlySet<string> | undefined;
  /** Equal revisions have equal objects. */
  revision: string;
};

type Listed = ReadonlyMap<TypeName, readonly KubernetesObject[] | undefined>;

/** Reads the objects of a graph from shared watch caches. */
export class ClusterObjects {
  readonly #caches: WatchCaches;
  readonly #syncOf: (
    cluster: string,
  ) => Promise<{ sync: ProxySync; revision: string } | undefined>;
  readonly #snapshots = new Map<string, ObjectsSnapshot>();
  readonly #readIstio = new Map(
    ISTIO_TYPES.map(name => [
      name,
      memoize((object: KubernetesObject) =>
        readIstioObject(ISTIO_KINDS[name], object),
      ),
    ]),
  );
  readonly #readPeer = memoize(readPeerAuthentication);
  readonly #readService = memoize(readService);

  /** @param syncOf - what the control plane knows of proxies, where it can be asked */
  constructor(
    caches: WatchCaches,
    syncOf: (
      cluster: string,
    ) => Promise<
      { sync: ProxySync; revision: string } | undefined
    > = async () => undefined,
  ) {
    this.#caches = caches;
    this.#syncOf = syncOf;
  }

  /** Never fails: what could not be read is absent, and its source says why. */
  async read(cluster: string): Promise<ObjectsSnapshot> {
    const caches = TYPES.map(name => ({
      name,
      cache: this.#caches.get(
        cluster,
        RESOURCE_TYPES[name],
        name === 'pods' ? keepOfPod : undefined,
      ),
    }));
    const [proxies] = await Promise.all([
      this.#syncOf(cluster),
      ...caches.map(({ cache }) => cache.ready()),
    ]);
    const revision = [
      ...caches.map(({ cache }) => cache.revision),
      proxies?.revision ?? '-',
    ].join('.');
    const sources = statuses(caches.map(({ cache }) => cache.status));
    const present = this.#snapshots.get(cluster);
    if (present?.revision === revision) {
      return { ...present, sources };
    }
    const objects: Listed = new Map(
      caches.map(({ name, cache }) => [name, cache.objects]),
    );
    const namespaces = objects.get('namespaces');
    const snapshot: ObjectsSnapshot = {
      objects: this.#toGraphObjects(objects, proxies?.sync),
      sources,
      namespaces:
        namespaces && new Set(namespaces.map(({ metadata }) => metadata.name)),
      revision,
    };
    this.#snapshots.set(cluster, snapshot);
    return snapshot;
  }

  #toGraphObjects(objects: Listed, sync: ProxySync | undefined): GraphObjects {
    const namespaces = new Map(
      (objects.get('namespaces') ?? []).map(namespace => [
        namespace.metadata.name,
        namespace,
      ]),
    );
    const listed = WORKLOAD_TYPES.flatMap(name => {
      const items = objects.get(name);
      return items ? [{ name, items }] : [];
    });
    const pods = objects.get('pods');
    return {
      namespaces: objects.get('namespaces')?.map(readNamespace),
      workloads:
        listed.length > 0
          ? listed.flatMap(({ name, items }) =>
              readWorkloads(WORKLOAD_KINDS[name], items, namespaces),
            )
          : undefined,
      pods: pods && readPods(pods, sync),
      services: objects.get('services')?.map(this.#readService),
      istio: this.#istio(objects),
      peerAuthentications: this.#peers(objects),
    };
  }

  #istio(objects: Listed): IstioObject[] {
    return ISTIO_TYPES.flatMap(name => {
      const read = this.#readIstio.get(name);
      return read ? (objects.get(name) ?? []).map(read) : [];
    });
  }

  #peers(objects: Listed): PeerAuthenticationObject[] | undefined {
    return objects.get('peerAuthentications')?.map(this.#readPeer);
  }
}

/** One line for what is well, one for each kind that is not. */
function statuses(all: readonly SourceStatus[]): SourceStatus[] {
  const well = all.filter(status => status.state === 'ok');
  const newest = well
    .map(status => status.asOf ?? '')
    .sort()
    .at(-1);
  return [
    ...(well.length > 0
      ? [{ name: 'kubernetes', state: 'ok' as const, asOf: newest }]
      : []),
    ...all.filter(status => status.state !== 'ok'),
  ];
}
