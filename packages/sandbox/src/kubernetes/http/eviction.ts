import type { KubernetesObject } from '../store';
import { countBudget, protects } from '../controllers/disruption-budget';
import { isReady } from '../controllers/pod-state';
import { asObject } from '../values';
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
    .filter(budget => protects(budget, pod));
}

/** How many of a budget's pods may be evicted now. */
function allowedDisruptions(
  { context }: Exchange,
  budget: KubernetesObject,
): number {
  const { namespace } = budget.metadata;
  const pods = context.store.list('pods', namespace);
  return countBudget(budget, pods).disruptionsAllowed;
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
