import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  maskSecrets,
  releaseProgress,
  type WorkloadKind,
} from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { ImageRegistry } from '../registry/types';
import type { DeliveryObjects, Listed } from '../sources/DeliveryObjects';
import { as, WORKLOAD_LISTS } from '../workloads/objects';
import type { WorkloadIndex } from '../workloads/WorkloadIndex';
import type { WorkloadIndexes } from '../workloads/WorkloadIndexes';
import {
  draftRelease,
  numberOf,
  releaseId,
  type RevisionFound,
} from './draftReleases';
import type { ReleaseStore, StoredRelease } from './ReleaseStore';

const RELEASED: readonly WorkloadKind[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
];
/** More new revisions than this are read by one list instead of one by one. */
const MOST_SINGLE_READS = 20;

export type ReleaseObserverOptions = {
  clusters: readonly string[];
  client: ClusterClient;
  objects: DeliveryObjects;
  indexes: WorkloadIndexes;
  registry: ImageRegistry;
  store: ReleaseStore;
  logger: LoggerService;
  now?: () => Date;
};

/**
 * Writes down every change of what workloads run, so that history outlives
 * what the cluster keeps. Whatever it writes may be written twice: another
 * backend watches the same.
 */
export class ReleaseObserver {
  readonly #options: ReleaseObserverOptions;
  readonly #now: () => Date;
  readonly #known = new Map<string, Set<string>>();
  readonly #seen = new Map<string, string>();
  #running: Promise<void> | undefined;

  constructor(options: ReleaseObserverOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Looks at all clusters; one that fails leaves the others. */
  async observeAll(): Promise<void> {
    this.#running ??= this.#observeEach().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #observeEach(): Promise<void> {
    for (const cluster of this.#options.clusters) {
      try {
        await this.observe(cluster);
      } catch (error) {
        this.#options.logger.warn(
          `Releases of cluster ${cluster} were not recorded: ${error}`,
        );
      }
    }
  }

  /** Records what is new in a cluster, and how open releases stand. */
  async observe(cluster: string): Promise<void> {
    const { objects, revision } = await this.#options.objects.read(cluster);
    if (this.#seen.get(cluster) === revision) {
      return;
    }
    const { index } = await this.#options.indexes.read(cluster);
    await this.#record(cluster, findRevisions(cluster, objects, index));
    await this.#follow(cluster, index);
    this.#seen.set(cluster, revision);
  }

  async #record(
    cluster: string,
    found: readonly RevisionFound[],
  ): Promise<void> {
    const { store } = this.#options;
    const known = this.#known.get(cluster) ?? (await store.ids(cluster));
    this.#known.set(cluster, known);
    const fresh = found.filter(revision => !known.has(releaseId(revision)));
    if (fresh.length === 0) {
      return;
    }
    const templates = await this.#templates(cluster, fresh);
    const drafts: StoredRelease[] = [];
    for (const revision of fresh) {
      const template = templates.get(revision.object.metadata.uid ?? '');
      // One that is gone already leaves what the cache had of it.
      const text = stringify(maskSecrets(template ?? {}));
      drafts.push(
        await this.#withImages(
          draftRelease(revision, text, this.#now()),
          revision.isNewest && fresh.length <= MOST_SINGLE_READS,
        ),
      );
    }
    await store.add(drafts);
    for (const { id } of drafts) {
      known.add(id);
    }
  }

  /** Digest, commit and build of what is deployed now, if the registry tells. */
  async #withImages(
    release: StoredRelease,
    isAsked: boolean,
  ): Promise<StoredRelease> {
    if (!isAsked) {
      return release;
    }
    const states = await Promise.all(
      release.images.map(({ image }) => this.#options.registry.inspect(image)),
    );
    const images = release.images.map((image, position) => {
      const state = states[position];
      return state.state === 'exists'
        ? { ...image, digest: state.digest }
        : image;
    });
    const [first] = states.flatMap(state =>
      state.state === 'exists' ? [state] : [],
    );
    return {
      ...release,
      images,
      ...(first?.revision && { commit: first.revision }),
      ...(first?.createdAt && { builtAt: first.createdAt }),
    };
  }

  /** Whole templates by the uid of their revision; caches keep less. */
  async #templates(
    cluster: string,
    fresh: readonly RevisionFound[],
  ): Promise<Map<string, unknown>> {
    const { client } = this.#options;
    const sets = fresh.filter(({ object }) => object.data === undefined);
    const objects =
      sets.length > MOST_SINGLE_READS
        ? (await client.list(cluster, RESOURCE_TYPES.replicaSets)).items
        : await Promise.all(
            sets.map(({ object }) =>
              client
                .get<KubernetesObject>(cluster, RESOURCE_TYPES.replicaSets, {
                  namespace: object.metadata.namespace,
                  name: object.metadata.name,
                })
                .catch(() => object),
            ),
          );
    const whole = [
      ...objects,
      ...fresh.flatMap(({ object }) =>
        object.data === undefined
          ? []
          : [{ ...object, spec: Reflect.get(Object(object.data), 'spec') }],
      ),
    ];
    return new Map(
      whole.map(object => [
        object.metadata.uid ?? '',
        Reflect.get(Object(object.spec), 'template'),
      ]),
    );
  }

  /** Says of releases in progress how they stand, and ends those that are over. */
  async #follow(cluster: string, index: WorkloadIndex): Promise<void> {
    const { store } = this.#options;
    const open = await store.open(cluster);
    const newest = new Map<string, number>();
    for (const { workload, revision } of open) {
      newest.set(workload, Math.max(newest.get(workload) ?? 0, revision));
    }
    const finishedAt = this.#now().toISOString();
    const summaries = new Map(
      index.summaries.map(summary => [summary.ref, summary]),
    );
    for (const release of open) {
      const { id, workload, revision } = release;
      const last = newest.get(workload) ?? revision;
      const summary = summaries.get(workload);
      if (revision < last) {
        await store.progress(id, {
          state: 'superseded',
          outcome: `Revision ${last} came before it was through`,
          finishedAt,
        });
        continue;
      }
      if (!summary) {
        await store.progress(id, {
          state: 'unknown',
          outcome: 'Its workload was deleted before it was through',
          finishedAt,
        });
        continue;
      }
      const workloadObject = index.find(
        summary.namespace,
        summary.kind,
        summary.name,
      )?.parts.workload;
      const isOver =
        workloadObject?.status?.conditions?.some(
          ({ type, reason }) =>
            type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
        ) || workloadObject?.status?.phase === 'Degraded';
      const progress = releaseProgress(summary, isOver === true);
      if (
        progress &&
        (progress.state !== release.state ||
          progress.outcome !== release.outcome)
      ) {
        await store.progress(id, {
          ...progress,
          ...(progress.state !== 'progressing' && { finishedAt }),
        });
      }
    }
  }
}

/** All revisions of all workloads that the caches know. */
function findRevisions(
  cluster: string,
  objects: Listed,
  index: WorkloadIndex,
): RevisionFound[] {
  const byOwner = new Map<string, KubernetesObject[]>();
  for (const revision of objects.controllerRevisions ?? []) {
    const owner = revision.metadata.ownerReferences?.[0];
    const { namespace = 'default' } = revision.metadata;
    if (owner) {
      const key = formatRef({
        type: 'workload',
        cluster,
        namespace,
        kind: owner.kind,
        name: owner.name,
      });
      byOwner.set(key, [...(byOwner.get(key) ?? []), revision]);
    }
  }
  return RELEASED.flatMap(kind =>
    (objects[WORKLOAD_LISTS[kind]] ?? []).flatMap(object => {
      const { namespace = 'default', name } = object.metadata;
      const ref = formatRef({
        type: 'workload',
        cluster,
        namespace,
        kind,
        name,
      });
      const revisions =
        kind === 'Deployment' || kind === 'Rollout'
          ? index.replicaSetsOf(namespace, kind, name)
          : byOwner.get(ref) ?? [];
      const newest = Math.max(...revisions.map(numberOf));
      const found = index.find(namespace, kind, name);
      const { flagger } = found?.parts ?? {};
      return revisions.flatMap(revision =>
        numberOf(revision) > 0
          ? [
              {
                cluster,
                kind,
                workload: as<RevisionFound['workload']>(object),
                ...(flagger?.isPrimary && { flagger: flagger.name }),
                object: revision,
                revision: numberOf(revision),
                isNewest: numberOf(revision) === newest,
              },
            ]
          : [],
      );
    }),
  );
}
