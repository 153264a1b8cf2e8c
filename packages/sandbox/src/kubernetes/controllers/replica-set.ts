import type { KubernetesObject, ObjectChange } from '../store';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { controllerOf } from './owner-index';
import { createPod, stopPod } from './pod-factory';
import { availableAt, isReady, specNumber } from './pod-state';
import { activePods, leastUsefulFirst } from './replicas';

const resource = 'replicasets.apps';
const component = 'replicaset-controller';

/** Most pods one ReplicaSet makes in one go, so that a tick stays short. */
const burst = 200;

/** Keeps as many pods as a ReplicaSet asks for. */
export class ReplicaSetController implements Controller {
  readonly name = component;
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe({ resource: changed, object }: ObjectChange, enqueue: Enqueue): void {
    if (changed === resource) {
      enqueue(keyOf(object));
    } else if (changed === 'pods') {
      const owner = controllerOf(object);
      if (owner?.kind === 'ReplicaSet') {
        enqueue(`${object.metadata.namespace}/${owner.name}`);
      }
    }
  }

  sync(key: string, enqueue: Enqueue): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    const set = store.get(resource, namespace, name);
    if (!set) {
      return;
    }
    if (!set.metadata.deletionTimestamp) {
      this.#scale(set);
    }
    this.#report(set, key, enqueue);
  }

  #scale(set: KubernetesObject): void {
    const context = this.#context;
    const wanted = specNumber(set, 'replicas', 1);
    const pods = activePods(context, set);
    for (let count = pods.length; count < wanted; count++) {
      if (count - pods.length >= burst) {
        return;
      }
      const pod = createPod(context, set);
      context.events.record(
        set,
        'Normal',
        'SuccessfulCreate',
        `Created pod: ${pod.metadata.name}`,
        component,
      );
    }
    if (pods.length > wanted) {
      const surplus = leastUsefulFirst(pods).slice(0, pods.length - wanted);
      for (const pod of surplus) {
        stopPod(context, pod);
        context.events.record(
          set,
          'Normal',
          'SuccessfulDelete',
          `Deleted pod: ${pod.metadata.name}`,
          component,
        );
      }
    }
  }

  #report(set: KubernetesObject, key: string, enqueue: Enqueue): void {
    const { store, clock } = this.#context;
    const [namespace, name] = splitKey(key);
    const pods = activePods(this.#context, set);
    const minReadySeconds = specNumber(set, 'minReadySeconds', 0);
    const now = clock.now();
    let available = 0;
    for (const pod of pods) {
      const instant = availableAt(pod, minReadySeconds);
      if (instant !== undefined && instant <= now) {
        available += 1;
      } else if (instant !== undefined) {
        enqueue(key, instant);
      }
    }
    const ready = pods.filter(isReady).length;
    store.putStatus(resource, namespace, name, {
      replicas: pods.length,
      ...(pods.length ? { fullyLabeledReplicas: pods.length } : {}),
      ...(ready ? { readyReplicas: ready } : {}),
      ...(available ? { availableReplicas: available } : {}),
      observedGeneration: set.metadata.generation ?? 1,
    });
  }
}
