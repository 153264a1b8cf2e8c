import type { ObjectChange } from '../store';
import type { Controller, ControllerContext, Enqueue } from './context';
import { controllerOf } from './owner-index';
import { stopPod } from './pod-factory';
import { condition } from './pod-state';

/** How long pods stay on a node that does not answer, as the default tolerations say. */
const evictAfterMilliseconds = 300_000;

/** Owners that make a lost pod anew, on whatever node. */
const movable = new Set(['ReplicaSet', 'StatefulSet', 'Job']);

/** Has the pods of a node looked at again when the node fails or comes back. */
export class NodeController implements Controller {
  readonly name = 'node-controller';
  readonly #context: ControllerContext;
  readonly #wake: (podKey: string) => void;
  readonly #failedAt = new Map<string, number>();

  constructor(context: ControllerContext, wake: (podKey: string) => void) {
    this.#context = context;
    this.#wake = wake;
  }

  observe(change: ObjectChange, enqueue: Enqueue): void {
    const { resource, object, previous } = change;
    if (
      resource === 'nodes' &&
      previous &&
      condition(previous, 'Ready')?.status !==
        condition(object, 'Ready')?.status
    ) {
      enqueue(object.metadata.name);
    }
  }

  sync(name: string, enqueue: Enqueue): void {
    const { store, events, clock } = this.#context;
    const node = store.get('nodes', undefined, name);
    const ready = !node || condition(node, 'Ready')?.status === 'True';
    if (ready) {
      this.#failedAt.delete(name);
    } else if (!this.#failedAt.has(name)) {
      this.#failedAt.set(name, clock.now());
    }
    const failedAt = this.#failedAt.get(name);
    if (failedAt !== undefined) {
      const due = failedAt + evictAfterMilliseconds;
      if (clock.now() >= due) {
        this.#evict(name);
        return;
      }
      enqueue(name, due);
    }
    if (node) {
      const reason = ready ? 'NodeReady' : 'NodeNotReady';
      const message = `Node ${name} status is now: ${reason}`;
      events.record(node, 'Normal', reason, message, this.name);
    }
    for (const pod of store.list('pods')) {
      if (pod.spec?.nodeName === name) {
        this.#wake(`${pod.metadata.namespace}/${pod.metadata.name}`);
      }
    }
  }

  /** Pods of a node that stays away are made anew elsewhere; daemons and static pods wait for it. */
  #evict(name: string): void {
    for (const pod of this.#context.store.list('pods')) {
      const owner = controllerOf(pod);
      if (pod.spec?.nodeName === name && movable.has(owner?.kind ?? '')) {
        stopPod(this.#context, pod);
      }
    }
  }
}
