import type {
  KubernetesObject,
  ObjectChange,
  ObjectStore,
} from '../../kubernetes/store';

const keyOf = (namespace: string | undefined, name: string) =>
  `${namespace ?? ''}/${name}`;

/** The smallest object store that keeps its contract; for tests that need no API server. */
export class MapStore implements ObjectStore {
  readonly #objects = new Map<string, Map<string, KubernetesObject>>();
  readonly #listeners = new Set<(change: ObjectChange) => void>();
  #version = 0;

  list(resource: string, namespace?: string): KubernetesObject[] {
    return [...(this.#objects.get(resource)?.values() ?? [])].filter(
      object =>
        namespace === undefined || object.metadata.namespace === namespace,
    );
  }

  get(resource: string, namespace: string | undefined, name: string) {
    return this.#objects.get(resource)?.get(keyOf(namespace, name));
  }

  put(resource: string, object: KubernetesObject): KubernetesObject {
    const { namespace, name } = object.metadata;
    const objects = this.#objects.get(resource) ?? new Map();
    this.#objects.set(resource, objects);
    const previous = objects.get(keyOf(namespace, name));
    const stored = {
      ...object,
      metadata: {
        uid: previous?.metadata.uid ?? `${resource}-${++this.#version}`,
        ...object.metadata,
        resourceVersion: `${++this.#version}`,
      },
    };
    objects.set(keyOf(namespace, name), stored);
    this.#tell({
      type: previous ? 'MODIFIED' : 'ADDED',
      resource,
      object: stored,
      previous,
    });
    return stored;
  }

  putStatus(
    resource: string,
    namespace: string | undefined,
    name: string,
    status: Record<string, unknown>,
  ): void {
    const object = this.get(resource, namespace, name);
    if (object) this.put(resource, { ...object, status });
  }

  delete(resource: string, namespace: string | undefined, name: string) {
    const object = this.get(resource, namespace, name);
    if (!object) return undefined;
    this.#objects.get(resource)?.delete(keyOf(namespace, name));
    this.#tell({ type: 'DELETED', resource, object });
    return object;
  }

  onChange(listener: (change: ObjectChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: ObjectChange): void {
    this.#listeners.forEach(listener => listener(change));
  }
}
