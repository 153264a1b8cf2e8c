import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  maskSecrets,
  releaseProgress,
  type WorkloadObject,
} from '@orrery/backstage-plugin-delivery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { ImageRegistry } from '../registry/types';
import type { DeliveryObjects } from '../sources/DeliveryObjects';
import type { WorkloadIndex } from '../workloads/WorkloadIndex';
import type { WorkloadIndexes } from '../workloads/WorkloadIndexes';
import {
  draftRelease,
  JUST_BEGUN,
  releaseId,
  type RevisionFound,
} from './draftReleases';
import { findRevisions } from './findRevisions';
import type { ReleaseStore, StoredRelease } from './ReleaseStore';

/** More new revisions than this are read by one list instead of one by one. */
const MOST_SINGLE_READS = 20;
/** A rollout that began so lately may well have ended just now. */
const FRESH_MILLISECONDS = 60_000;

export type ReleaseObserverOptions = {
  clusters: readonly string[];
  client: ClusterClient;
  objects: DeliveryObjects;
  indexes: WorkloadIndexes;
  registry: ImageRegistry;
  store: ReleaseStore;
  /** Ref of the canary of our own that a workload was given an image by. */
  planOf?: (
    workload: string,
    images: readonly string[],
  ) => Promise<string | undefined>;
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
      const isAsked = revision.isNewest && fresh.length <= MOST_SINGLE_READS;
      const draft = draftRelease(revision, text, this.#now());
      drafts.push(
        await this.#withImages(
          isAsked ? await this.#withPlan(draft) : draft,
          isAsked,
        ),
      );
    }
    await store.add(drafts);
    for (const { id } of drafts) {
      known.add(id);
    }
  }

  /** The canary whose promotion it is, where a plan of our own made it. */
  async #withPlan(release: StoredRelease): Promise<StoredRelease> {
    const { planOf } = this.#options;
    const canary =
      release.canary ??
      (await planOf?.(
        release.workload,
        release.images.map(({ image }) => image),
      ));
    return canary ? { ...release, canary } : release;
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
          ...(progress.state !== 'progressing' && {
            finishedAt: finishOf(release, workloadObject, this.#now()),
          }),
        });
      }
    }
  }
}

/**
 * When a rollout ended. Of one that was over when it was first seen, only a
 * Deployment's own word counts; the moment of seeing it says nothing.
 */
function finishOf(
  release: StoredRelease,
  workload: WorkloadObject | undefined,
  now: Date,
): string | undefined {
  const at = workload?.status?.conditions?.find(
    ({ type, reason }) =>
      type === 'Progressing' && reason === 'NewReplicaSetAvailable',
  )?.lastUpdateTime;
  if (at !== undefined && Date.parse(at) >= Date.parse(release.startedAt)) {
    return new Date(at).toISOString();
  }
  const isWatched =
    release.outcome !== JUST_BEGUN ||
    now.getTime() - Date.parse(release.startedAt) < FRESH_MILLISECONDS;
  return isWatched ? now.toISOString() : undefined;
}
