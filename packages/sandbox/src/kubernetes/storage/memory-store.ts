import type { Clock } from '../../clock';
import type { Random } from '../../random';
import { randomSuffix, randomUuid } from '../names';
import { nextGeneration } from './generation';
import { timestamp } from './timestamp';
import type { KubernetesObject, ObjectChange, ObjectStore } from '../store';
import { sameJson } from '../values';
import { Collection } from './collection';
import type { RecordedChange } from './history';

/** How a store behaves. */
export interface MemoryStoreOptions {
  clock: Clock;
  random: Random;
  /** Changes kept per resource for watches to resume from. */
  historyLimit?: number;
  /** Collections whose objects carry no generation. */
  withoutGeneration?: ReadonlySet<string>;
  /** Fills defaults in an object that is about to be stored. */
  prepare?: (resource: string, object: KubernetesObject) => KubernetesObject;
}

const firstRevision = 1000;

function freeze(object: KubernetesObject): KubernetesObject {
  Object.freeze(object.metadata);
  if (object.spec) {
    Object.freeze(object.spec);
  }
  if (object.status) {
    Object.freeze(object.status);
  }
  return Object.freeze(object);
}

/** The cluster's state in memory, with revisions and a bounded history. */
export class MemoryStore implements ObjectStore {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #historyLimit: number;
  readonly #uncounted: ReadonlySet<string>;
  readonly #prepare: NonNullable<MemoryStoreOptions['prepare']>;
  readonly #collections = new Map<string, Collection>();
  readonly #listeners = new Set<(change: RecordedChange) => void>();
  readonly #pending: RecordedChange[] = [];
  #announcing = false;
  #revision = firstRevision;

  constructor(options: MemoryStoreOptions) {
    this.#clock = options.clock;
    this.#random = options.random.fork('kubernetes-uid');
    this.#historyLimit = options.historyLimit ?? 5000;
    this.#uncounted = options.withoutGeneration ?? new Set();
    this.#prepare = options.prepare ?? ((_resource, object) => object);
  }

  /** The revision of the latest change anywhere in the store. */
  get revision(): number {
    return this.#revision;
  }

  list(resource: string, namespace?: string): readonly KubernetesObject[] {
    return this.#collections.get(resource)?.list(namespace) ?? [];
  }

  /** As `list`, at an earlier revision; undefined when it is too old. */
  listAt(
    resource: string,
    revision: number,
    namespace?: string,
  ): readonly KubernetesObject[] | undefined {
    return this.#collection(resource).listAt(revision, namespace);
  }

  get(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    return this.#collections.get(resource)?.get(namespace, name);
  }

  /** Changes of a resource after a revision; undefined when it is too old. */
  changesSince(
    resource: string,
    revision: number,
  ): RecordedChange[] | undefined {
    const { history } = this.#collection(resource);
    return revision < history.compacted ? undefined : history.since(revision);
  }

  /** Forgets all history up to now, as etcd does every few minutes. */
  compact(): void {
    for (const { history } of this.#collections.values()) {
      history.compact(this.#revision);
    }
  }

  /** The object with defaults filled in, as `put` would store it. */
  prepare(resource: string, object: KubernetesObject): KubernetesObject {
    return this.#prepare(resource, object);
  }

  put(resource: string, object: KubernetesObject): KubernetesObject {
    const collection = this.#collection(resource);
    const { namespace, name } = object.metadata;
    const previous = collection.get(namespace, name);
    // Known before defaults are filled in: those of a Job contain it.
    const uid = object.metadata.uid ?? previous?.metadata.uid ?? this.newUid();
    const prepared = this.prepare(resource, {
      ...object,
      metadata: { ...object.metadata, uid },
    });
    const metadata = {
      ...prepared.metadata,
      creationTimestamp:
        prepared.metadata.creationTimestamp ??
        previous?.metadata.creationTimestamp ??
        timestamp(this.#clock.now()),
    };
    const generation = this.#uncounted.has(resource)
      ? prepared.metadata.generation
      : nextGeneration(prepared, previous);
    if (generation !== undefined) {
      metadata.generation = generation;
    }
    const unchanged = { ...prepared, metadata };
    if (previous) {
      metadata.resourceVersion = previous.metadata.resourceVersion;
      if (sameJson(previous, unchanged)) {
        return previous;
      }
    }
    this.#revision += 1;
    metadata.resourceVersion = String(this.#revision);
    const stored = freeze(unchanged);
    collection.set(stored);
    this.#announce(collection, {
      type: previous ? 'MODIFIED' : 'ADDED',
      resource,
      object: stored,
      ...(previous ? { previous } : {}),
      revision: this.#revision,
    });
    return stored;
  }

  putStatus(
    resource: string,
    namespace: string | undefined,
    name: string,
    status: Record<string, unknown>,
  ): void {
    const current = this.get(resource, namespace, name);
    if (current && !sameJson(current.status, status)) {
      this.put(resource, { ...current, status });
    }
  }

  delete(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    const collection = this.#collection(resource);
    const previous = collection.get(namespace, name);
    if (!previous) {
      return undefined;
    }
    this.#revision += 1;
    const last = freeze({
      ...previous,
      metadata: {
        ...previous.metadata,
        resourceVersion: String(this.#revision),
      },
    });
    collection.remove(previous);
    this.#announce(collection, {
      type: 'DELETED',
      resource,
      object: last,
      previous,
      revision: this.#revision,
    });
    return last;
  }

  onChange(listener: (change: ObjectChange) => void): () => void {
    return this.onRecordedChange(listener);
  }

  /** As `onChange`, with the revision of each change. */
  onRecordedChange(listener: (change: RecordedChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A suffix for a generated name. */
  newSuffix(): string {
    return randomSuffix(this.#random);
  }

  /** A fresh UUID from the seeded stream. */
  newUid(): string {
    return randomUuid(this.#random);
  }

  #collection(resource: string): Collection {
    let collection = this.#collections.get(resource);
    if (!collection) {
      collection = new Collection(this.#historyLimit, firstRevision);
      this.#collections.set(resource, collection);
    }
    return collection;
  }

  /**
   * Tells the listeners. A listener that changes something itself must not
   * make others see the changes in the wrong order, so they queue up.
   */
  #announce(collection: Collection, change: RecordedChange): void {
    collection.history.record(change);
    this.#pending.push(change);
    if (this.#announcing) {
      return;
    }
    this.#announcing = true;
    try {
      for (
        let next = this.#pending.shift();
        next;
        next = this.#pending.shift()
      ) {
        for (const listener of [...this.#listeners]) {
          listener(next);
        }
      }
    } finally {
      this.#announcing = false;
    }
  }
}
