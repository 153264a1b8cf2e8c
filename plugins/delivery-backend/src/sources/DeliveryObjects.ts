import {
  RESOURCE_TYPES,
  type KubernetesObject,
  type WatchCache,
  type WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import { keepOf } from './slim';

/** How long a first list may keep a reader waiting. */
const FIRST_LIST_MILLISECONDS = 3000;

/** The kinds that workloads and releases are read from. */
const KINDS = [
  'deployments',
  'statefulSets',
  'daemonSets',
  'rollouts',
  'jobs',
  'cronJobs',
  'canaries',
  'pods',
  'replicaSets',
  'controllerRevisions',
  'horizontalPodAutoscalers',
  'scaledObjects',
] as const;

/** Kinds of what need not be installed. */
const OPTIONAL = new Set<DeliveryKind>([
  'rollouts',
  'canaries',
  'scaledObjects',
]);

/** @public */
export type DeliveryKind = (typeof KINDS)[number];

/** Objects by kind; what was never read is undefined. */
export type Listed = Readonly<
  Partial<Record<DeliveryKind, readonly KubernetesObject[]>>
>;

/** What is known of one cluster at one moment. */
export type ObjectsSnapshot = {
  objects: Listed;
  sources: SourceStatus[];
  /** Equal revisions have equal objects. */
  revision: string;
};

/** The objects of delivery, watched once for everyone who asks. */
export class DeliveryObjects {
  readonly #caches: WatchCaches;
  readonly #snapshots = new Map<string, ObjectsSnapshot>();

  constructor(caches: WatchCaches) {
    this.#caches = caches;
  }

  /** The watch of one kind, started when it is first asked for. */
  cache(cluster: string, kind: DeliveryKind): WatchCache<KubernetesObject> {
    const type = RESOURCE_TYPES[kind];
    return this.#caches.get(cluster, type, keepOf(type));
  }

  /** Everything as last known; never throws. */
  async read(cluster: string): Promise<ObjectsSnapshot> {
    const caches = KINDS.map(kind => ({
      kind,
      cache: this.cache(cluster, kind),
    }));
    await firstLists(caches.map(({ cache }) => cache));
    const revision = caches.map(({ cache }) => cache.revision).join('.');
    const sources = statuses(
      caches.flatMap(({ kind, cache }) =>
        OPTIONAL.has(kind) && cache.status.state === 'absent'
          ? []
          : [cache.status],
      ),
    );
    const present = this.#snapshots.get(cluster);
    if (present?.revision === revision) {
      return { ...present, sources };
    }
    const snapshot = {
      objects: Object.fromEntries(
        caches.flatMap(({ kind, cache }) => {
          const objects = cache.objects;
          return objects ? [[kind, objects]] : [];
        }),
      ) as Listed,
      sources,
      revision,
    };
    this.#snapshots.set(cluster, snapshot);
    return snapshot;
  }
}

/** Waits for first lists, but not for those that take too long. */
async function firstLists(
  caches: readonly WatchCache<KubernetesObject>[],
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    Promise.all(caches.map(cache => cache.ready())),
    new Promise(resolve => {
      timer = setTimeout(resolve, FIRST_LIST_MILLISECONDS);
    }),
  ]);
  clearTimeout(timer);
}

/** One line for what is well, one for each kind that is not. */
function statuses(all: readonly SourceStatus[]): SourceStatus[] {
  const well = all.filter(({ state }) => state === 'ok');
  const newest = well
    .map(({ asOf }) => asOf ?? '')
    .sort()
    .at(-1);
  return [
    ...(well.length > 0
      ? [{ name: 'kubernetes', state: 'ok' as const, asOf: newest }]
      : []),
    ...all.filter(({ state }) => state !== 'ok'),
  ];
}
