import type {
  CanarySummary,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';

/** Why no canary of our own can be started beside a workload. */
export type StartRefusal = 'underWay' | 'rollout' | 'flagger' | 'sideBySide';

/** A workload beside which a canary could be started, or why not now. */
export type Startable = { workload: WorkloadSummary; refusal?: StartRefusal };

const UNDER_WAY = ['Progressing', 'Paused'];
const CANARY_SUFFIX = '-canary';

/** Pods that our own canaries make run beside the Deployment that they are of. */
function isCanaryOfAnother(
  workload: WorkloadSummary,
  workloads: readonly WorkloadSummary[],
): boolean {
  return (
    workload.ref.endsWith(CANARY_SUFFIX) &&
    workloads.some(
      ({ ref }) => ref === workload.ref.slice(0, -CANARY_SUFFIX.length),
    )
  );
}

/** Ref of our own canary of a Deployment. */
function planRef({ cluster, namespace, name }: WorkloadSummary): string {
  return `${cluster}/${namespace}/CanaryPlan/${name}`;
}

/** Where a workload's app runs. */
function placeOf({ cluster, namespace, app }: WorkloadSummary): string {
  return `${cluster}/${namespace}/${app}`;
}

function refusalOf(
  workload: WorkloadSummary,
  deployments: readonly WorkloadSummary[],
  canaries: readonly CanarySummary[],
): StartRefusal | undefined {
  if (workload.managedBy.by === 'flagger') {
    return 'flagger';
  }
  if (workload.canary !== undefined) {
    return workload.canary.includes('/Rollout/') ? 'rollout' : 'flagger';
  }
  const isUnderWay = canaries.some(
    ({ ref, phase }) => ref === planRef(workload) && UNDER_WAY.includes(phase),
  );
  if (isUnderWay) {
    return 'underWay';
  }
  return deployments.some(
    other => other.ref !== workload.ref && placeOf(other) === placeOf(workload),
  )
    ? 'sideBySide'
    : undefined;
}

/** The Deployments among workloads, with what keeps a canary from being started. */
export function startable(
  workloads: readonly WorkloadSummary[],
  canaries: readonly CanarySummary[],
): Startable[] {
  const deployments = workloads.filter(
    workload =>
      workload.kind === 'Deployment' && !isCanaryOfAnother(workload, workloads),
  );
  return deployments.map(workload => ({
    workload,
    refusal: refusalOf(workload, deployments, canaries),
  }));
}

/**
 * Deployments of one app in one place, where a Service has more than one
 * behind it: nobody could tell which of them the stable version is.
 */
export function sideBySide(offers: readonly Startable[]): WorkloadSummary[][] {
  const groups = new Map<string, WorkloadSummary[]>();
  offers
    .filter(({ refusal }) => refusal === 'sideBySide')
    .forEach(({ workload }) => {
      const place = placeOf(workload);
      groups.set(place, [...(groups.get(place) ?? []), workload]);
    });
  return [...groups.values()];
}
