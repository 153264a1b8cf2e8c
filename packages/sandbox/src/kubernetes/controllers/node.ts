import type { ObjectChange } from '../store';
import type { Controller, ControllerContext, Enqueue } from './context';
import { condition } from './pod-state';

/** Has the pods of a node looked at again when the node fails or comes back. */
export class NodeController implements Controller {
  readonly name = 'node-controller';
  readonly #context: ControllerContext;
  readonly #wake: (podKey: string) => void;

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

  sync(name: string): void {
    const { store, events } = this.#context;
    const node = store.get('nodes', undefined, name);
    if (node) {
      const ready = condition(node, 'Ready')?.status === 'True';
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
}
