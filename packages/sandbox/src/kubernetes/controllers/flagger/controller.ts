import type { ObjectChange } from '../../store';
import type { Controller, ControllerContext, Enqueue } from '../context';
import { keyOf, splitKey } from '../context';
import { controllerOf } from '../owner-index';
import { CanaryAdvance } from './advance';
import { canaries, deployments, finalizer, viewCanary } from './canary';
import { announce } from './hooks';
import { finalize, initialize, isNew } from './initialize';

/** Milliseconds after which what a deletion waits for is looked at again. */
const deletionRetry = 2000;

/** Rolls Deployments out as Canaries, one step per interval, as Flagger does with Istio. */
export class FlaggerController implements Controller {
  readonly name = 'flagger';
  readonly #context: ControllerContext;
  /** When the next step of a Canary is due, milliseconds since the epoch. */
  readonly #due = new Map<string, number>();
  /** Canaries whose step waits for an answer. */
  readonly #busy = new Set<string>();

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe({ type, resource, object }: ObjectChange, enqueue: Enqueue): void {
    if (resource === canaries) {
      if (type === 'DELETED') this.#due.delete(keyOf(object));
      else enqueue(keyOf(object));
    } else if (resource === deployments && this.#context.settling) {
      const owner = controllerOf(object);
      if (owner?.kind === 'Canary') {
        enqueue(`${object.metadata.namespace}/${owner.name}`);
      }
    }
  }

  sync(key: string, enqueue: Enqueue): void {
    const { store, clock, settling } = this.#context;
    const [namespace, name] = splitKey(key);
    const canary = store.get(canaries, namespace, name);
    if (!canary || this.#busy.has(key)) return;
    const view = viewCanary(canary);
    if (canary.metadata.deletionTimestamp) {
      if (canary.metadata.finalizers?.includes(finalizer)) {
        finalize(this.#context, view);
        enqueue(key, clock.now() + deletionRetry);
      }
      return;
    }
    if (
      canary.spec?.revertOnDeletion === true &&
      !canary.metadata.finalizers?.includes(finalizer)
    ) {
      store.put(canaries, {
        ...canary,
        metadata: {
          ...canary.metadata,
          finalizers: [...(canary.metadata.finalizers ?? []), finalizer],
        },
      });
      return;
    }
    const now = clock.now();
    if (settling && !isNew(view)) {
      enqueue(key, now + view.intervalMilliseconds);
      return;
    }
    const due = this.#due.get(key) ?? now;
    if (now < due && !settling) {
      enqueue(key, due);
      return;
    }
    const next = now + view.intervalMilliseconds;
    if (!settling) {
      this.#due.set(key, next);
      enqueue(key, next);
    }
    this.#step(key, () => enqueue(key, next));
  }

  #step(key: string, again: () => void): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    const canary = store.get(canaries, namespace, name);
    if (!canary) return;
    const view = viewCanary(canary);
    const complain = (error: unknown) =>
      announce(
        this.#context,
        view,
        'Warning',
        error instanceof Error ? error.message : String(error),
      );
    if (canary.spec?.suspend === true) {
      announce(
        this.#context,
        view,
        'Normal',
        'skipping canary run as object is suspended',
      );
      return;
    }
    const target = store.get(deployments, namespace, view.target);
    if (!target) {
      complain(
        new Error(
          `deployment ${view.target}.${namespace} get query error: deployments.apps "${view.target}" not found`,
        ),
      );
      return;
    }
    try {
      const done = initialize(this.#context, view, target);
      if (!done || isNew(view) || this.#context.settling) return;
    } catch (error) {
      complain(error);
      return;
    }
    this.#busy.add(key);
    const current = store.get(canaries, namespace, name) ?? canary;
    new CanaryAdvance(this.#context, viewCanary(current), target)
      .run()
      .catch(complain)
      .finally(() => {
        this.#busy.delete(key);
        again();
      });
  }
}
