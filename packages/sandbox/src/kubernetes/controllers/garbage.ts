import type { KubernetesObject, ObjectChange } from '../store';
import { timestamp } from '../storage/timestamp';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import type { ObjectReference } from './owner-index';
import { stopPod } from './pod-factory';

const separator = ' ';

/** Removes what lost its owner, and carries deletion finalizers out. */
export class GarbageController implements Controller {
  readonly name = 'garbage-collector';
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe(change: ObjectChange, enqueue: Enqueue): void {
    const { type, resource, object } = change;
    const { uid, finalizers, deletionTimestamp } = object.metadata;
    if (type === 'DELETED') {
      for (const dependent of this.#context.owners.dependents(uid ?? '')) {
        enqueue(`${dependent.resource}${separator}${dependent.key}`);
      }
      for (const owner of object.metadata.ownerReferences ?? []) {
        const waiting = this.#ownerOf(owner, object.metadata.namespace);
        if (waiting) {
          enqueue(waiting);
        }
      }
    } else if (deletionTimestamp && finalizers?.length) {
      enqueue(`${resource}${separator}${keyOf(object)}`);
    }
  }

  sync(id: string): void {
    const { store } = this.#context;
    const [resource, key] = id.split(separator);
    const [namespace, name] = splitKey(key);
    const object = store.get(resource, namespace, name);
    if (!object) {
      return;
    }
    const { finalizers = [], deletionTimestamp } = object.metadata;
    if (deletionTimestamp && finalizers.includes('orphan')) {
      this.#orphan(object);
      this.#finish(resource, object, 'orphan');
    } else if (deletionTimestamp && finalizers.includes('foregroundDeletion')) {
      const remaining = this.#dependents(object);
      remaining.forEach(reference => this.#remove(reference, true));
      if (this.#dependents(object).length === 0) {
        this.#finish(resource, object, 'foregroundDeletion');
      }
    } else if (this.#ownersAreGone(object)) {
      this.#remove({ resource, key }, false);
    }
  }

  #dependents(object: KubernetesObject): ObjectReference[] {
    return this.#context.owners.dependents(object.metadata.uid ?? '');
  }

  /** Key under which an owner waits for its dependents, if it does. */
  #ownerOf(
    owner: { apiVersion: string; kind: string; name: string },
    namespace: string | undefined,
  ): string | undefined {
    const resource = this.#context.resourceOf(owner.apiVersion, owner.kind);
    const found =
      resource === undefined
        ? undefined
        : this.#context.store.get(resource, namespace, owner.name);
    return found?.metadata.deletionTimestamp
      ? `${resource}${separator}${keyOf(found)}`
      : undefined;
  }

  #ownersAreGone(object: KubernetesObject): boolean {
    const { store, resourceOf } = this.#context;
    const owners = object.metadata.ownerReferences ?? [];
    return (
      owners.length > 0 &&
      owners.every(owner => {
        const resource = resourceOf(owner.apiVersion, owner.kind);
        if (!resource) {
          return false;
        }
        const found =
          store.get(resource, object.metadata.namespace, owner.name) ??
          store.get(resource, undefined, owner.name);
        return found?.metadata.uid !== owner.uid;
      })
    );
  }

  #remove({ resource, key }: ObjectReference, foreground: boolean): void {
    const { store, clock } = this.#context;
    const [namespace, name] = splitKey(key);
    const object = store.get(resource, namespace, name);
    if (!object) {
      return;
    }
    if (resource === 'pods') {
      stopPod(this.#context, object);
      return;
    }
    const hasDependents = this.#dependents(object).length > 0;
    const finalizers = new Set(object.metadata.finalizers ?? []);
    if (foreground && hasDependents) {
      finalizers.add('foregroundDeletion');
    }
    if (finalizers.size === 0) {
      store.delete(resource, namespace, name);
    } else if (!object.metadata.deletionTimestamp) {
      store.put(resource, {
        ...object,
        metadata: {
          ...object.metadata,
          finalizers: [...finalizers],
          deletionTimestamp: timestamp(clock.now()),
        },
      });
    }
  }

  #orphan(owner: KubernetesObject): void {
    const { store } = this.#context;
    for (const { resource, key } of this.#dependents(owner)) {
      const [namespace, name] = splitKey(key);
      const dependent = store.get(resource, namespace, name);
      if (dependent) {
        store.put(resource, {
          ...dependent,
          metadata: {
            ...dependent.metadata,
            ownerReferences: dependent.metadata.ownerReferences?.filter(
              reference => reference.uid !== owner.metadata.uid,
            ),
          },
        });
      }
    }
  }

  #finish(resource: string, object: KubernetesObject, finalizer: string): void {
    const { store } = this.#context;
    const { namespace, name } = object.metadata;
    const finalizers = (object.metadata.finalizers ?? []).filter(
      entry => entry !== finalizer,
    );
    if (finalizers.length === 0) {
      store.delete(resource, namespace, name);
    } else {
      store.put(resource, {
        ...object,
        metadata: { ...object.metadata, finalizers },
      });
    }
  }
}
