import {
  KubernetesError,
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import {
  changeId,
  type HistoryStore,
  type KnownKey,
  type StoredChange,
} from '../history/HistoryStore';
import { dataOf } from './describeConfigMap';
import { managerOf } from './managerOf';

/** A ConfigMap, and the ref that its history is kept under. */
export type ConfigMapPlace = {
  ref: string;
  cluster: string;
  namespace: string;
  name: string;
};

/** Versions are whole numbers in every API server; what is none counts as the first. */
function versionOf(object: KubernetesObject): number {
  const version = Number(object.metadata.resourceVersion);
  return Number.isSafeInteger(version) ? version : 0;
}

/**
 * The history of ConfigMaps, in the tables of Consul's keys: a ConfigMap's ref
 * stands for the prefix, which ends with a slash and cannot be one. As an API
 * server gives keys no index, a change is told by how many changes of its key
 * are known, so that the writer and all who watch write one row.
 */
export class ConfigMapHistory {
  readonly #store: HistoryStore;
  readonly #client: ClusterClient;
  readonly #now: () => Date;
  /** One at a time for each, for each compares with what the last one wrote. */
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: {
    store: HistoryStore;
    client: ClusterClient;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#client = options.client;
    this.#now = options.now ?? (() => new Date());
  }

  /** Takes notice of what others have changed; undefined of what is gone. */
  async observe(
    place: ConfigMapPlace,
    object: KubernetesObject | undefined,
  ): Promise<void> {
    const { ref } = place;
    const before = this.#running.get(ref) ?? Promise.resolve();
    const running = before
      .catch(() => undefined)
      .then(() => this.#observe(place, object));
    this.#running.set(ref, running);
    try {
      await running;
    } finally {
      if (this.#running.get(ref) === running) {
        this.#running.delete(ref);
      }
    }
  }

  /** Reads it now, and takes notice. */
  async look(place: ConfigMapPlace): Promise<void> {
    await this.observe(place, await this.#read(place));
  }

  /** How many changes of a key are known. */
  async count({ ref }: ConfigMapPlace, key: string): Promise<number> {
    return (await this.#store.lastIndices(ref)).get(key) ?? 0;
  }

  /**
   * Writes down what was just written.
   *
   * @param change - with `count` as it was before the write
   */
  async record(
    { ref }: ConfigMapPlace,
    change: {
      key: string;
      before?: string;
      after?: string;
      count: number;
      actor: string;
      reason: string;
    },
    written: KubernetesObject,
  ): Promise<void> {
    const { key, before, after, count, actor, reason } = change;
    const version = versionOf(written);
    const draft: Omit<StoredChange, 'id'> = {
      prefix: ref,
      key,
      change: after === undefined ? 'deleted' : 'set',
      at: this.#now().toISOString(),
      by: 'orrery',
      actor,
      reason,
      modifyIndex: count + 1,
      consulIndex: version,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    };
    await this.#store.add(ref, [{ ...draft, id: changeId(draft) }], {
      set:
        after === undefined ? [] : [{ key, text: after, modifyIndex: version }],
      gone: after === undefined ? [key] : [],
    });
  }

  async #observe(
    place: ConfigMapPlace,
    seen: KubernetesObject | undefined,
  ): Promise<void> {
    const { ref } = place;
    // Counted first: whoever writes in between makes what is known current.
    const counts = await this.#store.lastIndices(ref);
    const known = await this.#store.known(ref);
    const newest = Math.max(
      0,
      ...[...known.values()].map(({ modifyIndex }) => modifyIndex),
    );
    // What was read before a write that is known by now would look like its
    // undoing. A second look tells it from a cluster that was restored.
    const object =
      seen && versionOf(seen) < newest ? await this.#read(place) : seen;
    const data = object ? dataOf(object) : {};
    const version = object ? versionOf(object) : newest;
    const at = this.#now().toISOString();
    const changes = [...new Set([...known.keys(), ...Object.keys(data)])]
      .filter(key => known.get(key)?.text !== data[key])
      .map((key): StoredChange => {
        const before = known.get(key)?.text;
        const after: string | undefined = data[key];
        const manager =
          after === undefined || !object ? undefined : managerOf(object, key);
        const draft: Omit<StoredChange, 'id'> = {
          prefix: ref,
          key,
          change: kindOf(known, after),
          at,
          by: 'outside',
          modifyIndex: (counts.get(key) ?? 0) + 1,
          consulIndex: version,
          ...(manager && { manager }),
          ...(before !== undefined && { before }),
          ...(after !== undefined && { after }),
        };
        return { ...draft, id: changeId(draft) };
      });
    if (changes.length === 0) {
      return;
    }
    await this.#store.add(ref, changes, {
      set: changes.flatMap(({ key, after }) =>
        after === undefined ? [] : [{ key, text: after, modifyIndex: version }],
      ),
      gone: changes
        .filter(({ after }) => after === undefined)
        .map(({ key }) => key),
    });
  }

  async #read({
    cluster,
    namespace,
    name,
  }: ConfigMapPlace): Promise<KubernetesObject | undefined> {
    try {
      return await this.#client.get<KubernetesObject>(
        cluster,
        RESOURCE_TYPES.configMaps,
        { namespace, name },
      );
    } catch (error) {
      if (error instanceof KubernetesError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }
}

/** What nobody knew may be as old as the ConfigMap. */
function kindOf(
  known: ReadonlyMap<string, KnownKey>,
  after: string | undefined,
): StoredChange['change'] {
  if (after === undefined) {
    return 'deleted';
  }
  return known.size > 0 ? 'set' : 'seen';
}
