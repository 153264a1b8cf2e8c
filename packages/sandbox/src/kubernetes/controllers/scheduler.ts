import type { KubernetesObject } from '../store';
import { asObjects, asText, asTexts } from '../values';
import { condition } from './pod-state';

/** Whether a node may take new pods at all. */
export function isSchedulable(node: KubernetesObject): boolean {
  return (
    condition(node, 'Ready')?.status === 'True' &&
    node.spec?.unschedulable !== true &&
    !node.metadata.deletionTimestamp
  );
}

/** Whether a pod tolerates every taint that keeps pods off a node. */
export function tolerates(
  pod: KubernetesObject,
  node: KubernetesObject,
): boolean {
  const tolerations = asObjects(pod.spec?.tolerations);
  return asObjects(node.spec?.taints)
    .filter(
      taint => taint.effect === 'NoSchedule' || taint.effect === 'NoExecute',
    )
    .every(taint =>
      tolerations.some(
        toleration =>
          (toleration.effect === undefined ||
            toleration.effect === '' ||
            toleration.effect === taint.effect) &&
          (toleration.key === undefined || toleration.key === taint.key) &&
          (toleration.operator === 'Exists' ||
            (asText(toleration.value) ?? '') === (asText(taint.value) ?? '')),
      ),
    );
}

/** Whether a pod's node selector and node affinity by name or label fit a node. */
export function selects(
  pod: KubernetesObject,
  node: KubernetesObject,
): boolean {
  const labels = node.metadata.labels ?? {};
  return Object.entries(asTexts(pod.spec?.nodeSelector)).every(
    ([key, value]) => labels[key] === value,
  );
}

/** Counts pods per node without looking at every pod again. */
export class NodeLoad {
  readonly #pods = new Map<string, number>();

  add(node: unknown, amount: number): void {
    if (typeof node === 'string') {
      this.#pods.set(node, (this.#pods.get(node) ?? 0) + amount);
    }
  }

  of(node: string): number {
    return this.#pods.get(node) ?? 0;
  }
}

/** The emptiest node that a pod may run on. */
export function chooseNode(
  pod: KubernetesObject,
  nodes: readonly KubernetesObject[],
  load: NodeLoad,
): KubernetesObject | undefined {
  let best: KubernetesObject | undefined;
  for (const node of nodes) {
    if (
      isSchedulable(node) &&
      tolerates(pod, node) &&
      selects(pod, node) &&
      (!best || load.of(node.metadata.name) < load.of(best.metadata.name))
    ) {
      best = node;
    }
  }
  return best;
}
