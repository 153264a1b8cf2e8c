import type { KubernetesObject } from '../store';
import type { ControllerContext } from './context';
import { splitKey } from './context';
import { isActive, isReady } from './pod-state';

/** Pods that an owner controls. */
export function podsOf(
  { store, owners }: ControllerContext,
  owner: KubernetesObject,
): KubernetesObject[] {
  return ownedObjects({ store, owners }, owner, 'pods');
}

/** Objects of a collection that an owner controls. */
export function ownedObjects(
  { store, owners }: Pick<ControllerContext, 'store' | 'owners'>,
  owner: KubernetesObject,
  resource: string,
): KubernetesObject[] {
  const objects: KubernetesObject[] = [];
  for (const reference of owners.dependents(owner.metadata.uid ?? '')) {
    if (reference.resource === resource) {
      const [namespace, name] = splitKey(reference.key);
      const object = store.get(resource, namespace, name);
      if (object) {
        objects.push(object);
      }
    }
  }
  return objects;
}

/** Pods in the order in which a controller gives them up: least useful first. */
export function leastUsefulFirst(
  pods: readonly KubernetesObject[],
): KubernetesObject[] {
  const rank = (pod: KubernetesObject) => {
    if (!pod.spec?.nodeName) {
      return 0;
    }
    return isReady(pod) ? 2 : 1;
  };
  return [...pods].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      Date.parse(right.metadata.creationTimestamp ?? '') -
        Date.parse(left.metadata.creationTimestamp ?? '') ||
      (left.metadata.name < right.metadata.name ? -1 : 1),
  );
}

/** Pods that count towards an owner's replicas. */
export function activePods(
  context: ControllerContext,
  owner: KubernetesObject,
): KubernetesObject[] {
  return podsOf(context, owner).filter(isActive);
}
