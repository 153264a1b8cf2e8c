import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import type {
  KubernetesObject,
  ResourceType,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import { keepOf } from '../sources/slim';

/** How long a first list may keep a reader waiting. */
const FIRST_LIST_MILLISECONDS = 3000;

/** Objects of a kind in a cluster, as last known. */
export type CachedList = {
  objects: readonly KubernetesObject[];
  /** Grows with every change. */
  revision: number;
  status: SourceStatus;
};

/**
 * Lists from the watch caches, each with indexes that are made once per
 * change, so that thousands of objects are asked about in no time.
 */
export class CachedObjects {
  readonly #caches: WatchCaches;
  readonly #watched = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #indexes = new Map<
    string,
    { revision: number; index: Map<string, KubernetesObject[]> }
  >();

  constructor(caches: WatchCaches) {
    this.#caches = caches;
  }

  /** Never throws; a kind that cannot be read is empty, with its status. */
  async list(cluster: string, type: ResourceType): Promise<CachedList> {
    const cache = this.#caches.get(cluster, type, keepOf(type));
    const key = `${cluster} ${type.group} ${type.plural}`;
    if (!this.#watched.has(key)) {
      this.#watched.add(key);
      cache.onChange(() => this.#listeners.forEach(listener => listener()));
    }
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      cache.ready(),
      new Promise(resolve => {
        timer = setTimeout(resolve, FIRST_LIST_MILLISECONDS);
      }),
    ]);
    clearTimeout(timer);
    return {
      objects: cache.objects ?? [],
      revision: cache.revision,
      status: { ...cache.status, name: `${cluster}/${type.plural}` },
    };
  }

  /** Objects by a key; those without one are left out. */
  async index(
    cluster: string,
    type: ResourceType,
    name: string,
    keyOf: (object: KubernetesObject) => string | undefined,
  ): Promise<Map<string, KubernetesObject[]>> {
    const { objects, revision } = await this.list(cluster, type);
    const at = `${cluster} ${type.plural} ${name}`;
    const present = this.#indexes.get(at);
    if (present?.revision === revision) {
      return present.index;
    }
    const index = new Map<string, KubernetesObject[]>();
    for (const object of objects) {
      const key = keyOf(object);
      if (key !== undefined) {
        const group = index.get(key);
        if (group) {
          group.push(object);
        } else {
          index.set(key, [object]);
        }
      }
    }
    this.#indexes.set(at, { revision, index });
    return index;
  }

  /** Calls back after changes of anything that was listed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** `namespace/name` of the object that controls this one, if it is of the kind. */
export function ownerKey(
  object: KubernetesObject,
  kind: string,
): string | undefined {
  const owner = object.metadata.ownerReferences?.find(
    reference => reference.kind === kind,
  );
  return owner && `${object.metadata.namespace ?? ''}/${owner.name}`;
}

/** `namespace/name` */
export function objectKey({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
