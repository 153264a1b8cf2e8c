import type { KubernetesObject, ObjectChange } from '../store';
import { keyOf } from './context';

/** An object by its collection and key. */
export interface ObjectReference {
  resource: string;
  key: string;
}

/** Who owns whom, kept up to date from changes: dependents by owner's uid. */
export class OwnerIndex {
  readonly #dependents = new Map<string, Map<string, ObjectReference>>();

  observe({ type, resource, object, previous }: ObjectChange): void {
    const before = previous?.metadata.ownerReferences;
    const after =
      type === 'DELETED' ? undefined : object.metadata.ownerReferences;
    if (before === after) {
      return;
    }
    const key = keyOf(object);
    const id = `${resource} ${key}`;
    for (const owner of before ?? []) {
      const members = this.#dependents.get(owner.uid);
      members?.delete(id);
      if (members?.size === 0) {
        this.#dependents.delete(owner.uid);
      }
    }
    for (const owner of after ?? []) {
      let members = this.#dependents.get(owner.uid);
      if (!members) {
        members = new Map();
        this.#dependents.set(owner.uid, members);
      }
      members.set(id, { resource, key });
    }
  }

  /** Everything that names a uid as one of its owners. */
  dependents(uid: string): ObjectReference[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }
}

/** The reference to the controller that manages an object. */
export function controllerOf(object: KubernetesObject) {
  return object.metadata.ownerReferences?.find(owner => owner.controller);
}

/** The reference that a controller puts on what it creates. */
export function ownedBy(owner: KubernetesObject) {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}
