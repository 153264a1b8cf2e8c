import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import type { GraphObjects } from '@orrery/backstage-plugin-mesh-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
  type WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import { readIstioObject, readService, readWorkloads } from './readObjects';

const WORKLOAD_TYPES = ['deployments', 'statefulSets', 'daemonSets'] as const;
const ISTIO_KINDS = {
  virtualServices: 'VirtualService',
  destinationRules: 'DestinationRule',
  serviceEntries: 'ServiceEntry',
  gateways: 'Gateway',
} as const;
const TYPES = [
  'namespaces',
  'services',
  ...WORKLOAD_TYPES,
  'virtualServices',
  'destinationRules',
  'serviceEntries',
  'gateways',
] as const;

type TypeName = (typeof TYPES)[number];

/** What Kubernetes knows about one cluster at one moment. */
export type ObjectsSnapshot = {
  objects: GraphObjects;
  sources: SourceStatus[];
  /** Names of all namespaces; undefined when they could not be listed. */
  namespaces: ReadonlySet<string> | undefined;
  /** Equal revisions have equal objects. */
  revision: string;
};

/** Reads the objects of a graph from shared watch caches. */
export class ClusterObjects {
  readonly #caches: WatchCaches;
  readonly #snapshots = new Map<string, ObjectsSnapshot>();

  constructor(caches: WatchCaches) {
    this.#caches = caches;
  }

  /** Never fails: what could not be read is absent, and its source says why. */
  async read(cluster: string): Promise<ObjectsSnapshot> {
    const caches = TYPES.map(name => ({
      name,
      cache: this.#caches.get(cluster, RESOURCE_TYPES[name]),
    }));
    await Promise.all(caches.map(({ cache }) => cache.ready()));
    const revision = caches.map(({ cache }) => cache.revision).join('.');
    const sources = statuses(caches.map(({ cache }) => cache.status));
    const present = this.#snapshots.get(cluster);
    if (present?.revision === revision) {
      return { ...present, sources };
    }
    const objects = new Map<TypeName, readonly KubernetesObject[] | undefined>(
      caches.map(({ name, cache }) => [name, cache.objects]),
    );
    const namespaces = objects.get('namespaces');
    const snapshot: ObjectsSnapshot = {
      objects: toGraphObjects(objects),
      sources,
      namespaces:
        namespaces && new Set(namespaces.map(({ metadata }) => metadata.name)),
      revision,
    };
    this.#snapshots.set(cluster, snapshot);
    return snapshot;
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

function toGraphObjects(
  objects: ReadonlyMap<TypeName, readonly KubernetesObject[] | undefined>,
): GraphObjects {
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
  const kinds = {
    deployments: 'Deployment',
    statefulSets: 'StatefulSet',
    daemonSets: 'DaemonSet',
  };
  const istio = (
    Object.keys(ISTIO_KINDS) as (keyof typeof ISTIO_KINDS)[]
  ).flatMap(name =>
    (objects.get(name) ?? []).map(object =>
      readIstioObject(ISTIO_KINDS[name], object),
    ),
  );
  return {
    workloads:
      listed.length > 0
        ? listed.flatMap(({ name, items }) =>
            readWorkloads(kinds[name], items, namespaces),
          )
        : undefined,
    services: objects.get('services')?.map(readService),
    istio,
  };
}
