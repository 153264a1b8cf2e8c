import type { KubernetesObject } from '../store';
import { isActive, isReady } from '../controllers/pod-state';
import { asNumber, asObject, asTexts } from '../values';
import { sendObject } from './answer';
import { readObject } from './body';
import type { Exchange } from './context';
import { parseDeleteOptions, removeObject } from './delete';
import { tooManyRequests } from './status-error';
import { stored } from './write';

function budgetsFor(
  exchange: Exchange,
  pod: KubernetesObject,
): KubernetesObject[] {
  return exchange.context.store
    .list('poddisruptionbudgets.policy', pod.metadata.namespace)
    .filter(budget => selectedBy(budget, pod));
}

function selectedBy(budget: KubernetesObject, pod: KubernetesObject): boolean {
  const labels = Object.entries(
    asTexts(asObject(budget.spec?.selector).matchLabels),
  );
  return labels.every(([key, value]) => pod.metadata.labels?.[key] === value);
}

function amount(value: unknown, total: number): number {
  return typeof value === 'string' && value.endsWith('%')
    ? Math.ceil((parseFloat(value) / 100) * total)
    : asNumber(value) ?? 0;
}

/** How many of a budget's pods may be evicted now. */
function allowedDisruptions(
  exchange: Exchange,
  budget: KubernetesObject,
): number {
  const pods = exchange.context.store
    .list('pods', budget.metadata.namespace)
    .filter(pod => selectedBy(budget, pod) && isActive(pod));
  const healthy = pods.filter(isReady).length;
  const { minAvailable, maxUnavailable } = budget.spec ?? {};
  const needed =
    maxUnavailable === undefined
      ? amount(minAvailable ?? 1, pods.length)
      : pods.length - amount(maxUnavailable, pods.length);
  return healthy - needed;
}

/** Answers `pods/eviction`: a deletion that disruption budgets may refuse. */
export async function evict(exchange: Exchange): Promise<void> {
  const { request, response, query } = exchange;
  const body = await readObject(request);
  const pod = stored(exchange);
  for (const budget of budgetsFor(exchange, pod)) {
    if (isReady(pod) && allowedDisruptions(exchange, budget) < 1) {
      throw tooManyRequests(
        "Cannot evict pod as it would violate the pod's disruption budget.",
        [
          {
            reason: 'DisruptionBudget',
            message: `The disruption budget ${budget.metadata.name} does not allow evicting this pod now`,
          },
        ],
      );
    }
  }
  const options = parseDeleteOptions(asObject(body?.deleteOptions), query);
  removeObject(exchange, pod, options);
  sendObject(response, 201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
}
