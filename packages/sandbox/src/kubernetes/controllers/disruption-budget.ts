import type { KubernetesObject, ObjectChange } from '../store';
import { asNumber, asObject, asTexts } from '../values';
import { selectsLabels } from '../validation/workloads';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { isActive, isReady } from './pod-state';

const resource = 'poddisruptionbudgets.policy';

function amount(value: unknown, total: number): number {
  return typeof value === 'string' && value.endsWith('%')
    ? Math.ceil((parseFloat(value) / 100) * total)
    : asNumber(value) ?? 0;
}

/** Counts of the pods that a budget protects. */
export interface BudgetCounts {
  expectedPods: number;
  currentHealthy: number;
  desiredHealthy: number;
  /** How many pods may be evicted now. */
  disruptionsAllowed: number;
}

/** Whether a budget protects a pod. */
export function protects(
  budget: KubernetesObject,
  pod: KubernetesObject,
): boolean {
  return selectsLabels(
    asObject(budget.spec?.selector),
    asTexts(pod.metadata.labels),
  );
}

/** Counts the pods of a budget's namespace that it protects. */
export function countBudget(
  budget: KubernetesObject,
  pods: readonly KubernetesObject[],
): BudgetCounts {
  const own = pods.filter(pod => protects(budget, pod) && isActive(pod));
  const { minAvailable, maxUnavailable } = budget.spec ?? {};
  const expectedPods = own.length;
  const currentHealthy = own.filter(isReady).length;
  const desiredHealthy =
    maxUnavailable === undefined
      ? amount(minAvailable ?? 1, expectedPods)
      : Math.max(0, expectedPods - amount(maxUnavailable, expectedPods));
  return {
    expectedPods,
    currentHealthy,
    desiredHealthy,
    disruptionsAllowed: Math.max(0, currentHealthy - desiredHealthy),
  };
}

/** Keeps the status of PodDisruptionBudgets in step with their pods. */
export class DisruptionBudgetController implements Controller {
  readonly name = 'disruption-controller';
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe(change: ObjectChange, enqueue: Enqueue): void {
    const { type, resource: changed, object, previous } = change;
    if (changed === resource) {
      enqueue(keyOf(object));
      return;
    }
    const relevant =
      changed === 'pods' &&
      (type !== 'MODIFIED' ||
        !previous ||
        isReady(previous) !== isReady(object) ||
        isActive(previous) !== isActive(object));
    if (!relevant) {
      return;
    }
    const { namespace } = object.metadata;
    for (const budget of this.#context.store.list(resource, namespace)) {
      if (protects(budget, object)) {
        enqueue(keyOf(budget));
      }
    }
  }

  sync(key: string): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    const budget = store.get(resource, namespace, name);
    if (budget) {
      store.putStatus(resource, namespace, name, {
        ...budget.status,
        ...countBudget(budget, store.list('pods', namespace)),
        observedGeneration: budget.metadata.generation ?? 1,
      });
    }
  }
}
