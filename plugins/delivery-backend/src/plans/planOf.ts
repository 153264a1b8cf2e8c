import { formatRef, parseRef } from '@orrery/backstage-plugin-orrery-common';
import type { PlanStore } from './PlanStore';

/** A release that is seen so long after a promotion is of it. */
const JUST_NOW_MILLISECONDS = 10 * 60_000;

/**
 * Ref of the plan that has just given a workload one of these images;
 * undefined where it was somebody else.
 */
export async function planOf(
  store: Pick<PlanStore, 'ofWorkload'>,
  workload: string,
  images: readonly string[],
  now: () => Date = () => new Date(),
): Promise<string | undefined> {
  const ref = parseRef(workload);
  if (ref.type !== 'workload' || ref.kind !== 'Deployment') {
    return undefined;
  }
  const { cluster, namespace, name } = ref;
  const [record] = await store.ofWorkload(cluster, namespace, name, 1);
  if (!record) {
    return undefined;
  }
  const { plan, state, updatedAt } = record;
  const isPromoted =
    images.includes(plan.image) &&
    ['promoting', 'done'].includes(state.phase) &&
    now().getTime() - Date.parse(updatedAt) < JUST_NOW_MILLISECONDS;
  return isPromoted ? formatRef({ ...ref, kind: 'CanaryPlan' }) : undefined;
}
