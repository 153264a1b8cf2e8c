import type { KubernetesObject } from '../store';
import { ChangeHistory } from './history';

/** Key under which an object is ordered: as in etcd, namespace before name. */
export function objectKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

function keyOf(object: KubernetesObject): string {
  return objectKey(object.metadata.namespace, object.metadata.name);
}

function inOrder(objects: Iterable<KubernetesObject>): KubernetesObject[] {
  return [...objects]
    .map(object => ({ key: keyOf(object), object }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(entry => entry.object);
}

/** The objects of one resource, with an index by namespace and sorted views. */
export class Collection {
  readonly history: ChangeHistory;
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #byNamespace = new Map<string, Map<string, KubernetesObject>>();
  readonly #sorted = new Map<string, readonly KubernetesObject[]>();

  constructor(historyLimit: number, revision: number) {
    this.history = new ChangeHistory(historyLimit, revision);
  }

  get size(): number {
    return this.#objects.size;
  }

  get(
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    return this.#objects.get(objectKey(namespace, name));
  }

  /** All objects, or those of one namespace, in key order. */
  list(namespace?: string): readonly KubernetesObject[] {
    const view = namespace ?? '';
    let sorted = this.#sorted.get(view);
    if (!sorted) {
      const source = namespace
        ? this.#byNamespace.get(namespace)
        : this.#objects;
      sorted = Object.freeze(inOrder(source?.values() ?? []));
      this.#sorted.set(view, sorted);
    }
    return sorted;
  }

  set(object: KubernetesObject): void {
    const key = keyOf(object);
    const namespace = object.metadata.namespace;
    this.#objects.set(key, object);
    if (namespace) {
      let members = this.#byNamespace.get(namespace);
      if (!members) {
        members = new Map();
        this.#byNamespace.set(namespace, members);
      }
      members.set(key, object);
    }
    this.#forgetViews(namespace);
  }

  remove(object: KubernetesObject): void {
    const key = keyOf(object);
    const namespace = object.metadata.namespace;
    this.#objects.delete(key);
    if (namespace) {
      const members = this.#byNamespace.get(namespace);
      members?.delete(key);
      if (members?.size === 0) {
        this.#byNamespace.delete(namespace);
      }
    }
    this.#forgetViews(namespace);
  }

  /**
   * The objects as they stood at an earlier revision, by undoing the changes
   * made since. Undefined when the history no longer reaches back that far.
   */
  listAt(
    revision: number,
    namespace?: string,
  ): readonly KubernetesObject[] | undefined {
    if (revision < this.history.compacted) {
      return undefined;
    }
    const later = this.history.since(revision);
    if (later.length === 0) {
      return this.list(namespace);
    }
    const objects = new Map(this.#objects);
    for (let index = later.length - 1; index >= 0; index--) {
      const { object, previous } = later[index];
      if (previous) {
        objects.set(keyOf(previous), previous);
      } else {
        objects.delete(keyOf(object));
      }
    }
    return inOrder(objects.values()).filter(
      object => !namespace || object.metadata.namespace === namespace,
    );
  }

  #forgetViews(namespace: string | undefined): void {
    this.#sorted.delete('');
    if (namespace) {
      this.#sorted.delete(namespace);
    }
  }
}
