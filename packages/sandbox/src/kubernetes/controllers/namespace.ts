import { timestamp } from '../storage/timestamp';
import type { KubernetesObject, ObjectChange } from '../store';
import type { Controller, ControllerContext, Enqueue } from './context';
import { stopPod } from './pod-factory';

/** How long the check for what is left in a namespace waits, milliseconds. */
const retryMilliseconds = 500;

/** Gives namespaces their default service account, and empties deleted ones. */
export class NamespaceController implements Controller {
  readonly name = 'namespace-controller';
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe({ type, resource, object }: ObjectChange, enqueue: Enqueue): void {
    if (resource === 'namespaces' && type !== 'DELETED') {
      enqueue(object.metadata.name);
    }
  }

  sync(name: string, enqueue: Enqueue): void {
    const { store, clock } = this.#context;
    const namespace = store.get('namespaces', undefined, name);
    if (!namespace) {
      return;
    }
    if (!namespace.metadata.deletionTimestamp) {
      this.#furnish(namespace);
    } else if (this.#empty(name)) {
      store.delete('namespaces', undefined, name);
    } else {
      enqueue(name, clock.now() + retryMilliseconds);
    }
  }

  #furnish(namespace: KubernetesObject): void {
    const { store } = this.#context;
    const { name, creationTimestamp } = namespace.metadata;
    if (!store.get('serviceaccounts', name, 'default')) {
      store.put('serviceaccounts', {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: name, creationTimestamp },
      });
    }
  }

  /** Deletes what a namespace holds; true when nothing is left. */
  #empty(namespace: string): boolean {
    const { store, clock } = this.#context;
    let left = 0;
    for (const resource of this.#context.namespacedResources()) {
      for (const object of store.list(resource, namespace)) {
        left += 1;
        if (resource === 'pods') {
          stopPod(this.#context, object);
        } else if (!object.metadata.finalizers?.length) {
          store.delete(resource, namespace, object.metadata.name);
        } else if (!object.metadata.deletionTimestamp) {
          store.put(resource, {
            ...object,
            metadata: {
              ...object.metadata,
              deletionTimestamp: timestamp(clock.now()),
            },
          });
        }
      }
    }
    return left === 0;
  }
}
