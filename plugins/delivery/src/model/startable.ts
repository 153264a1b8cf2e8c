import type {
  CanarySummary,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';

/** Why no canary of our own can be started beside a workload. */
export type StartRefusal = 'underWay' | 'rollout' | 'flagger';

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

function refusalOf(
  workload: WorkloadSummary,
  canaries: readonly CanarySummary[],
): StartRefusal | undefined {
  if (workload.managedBy.by === 'flagger') {
    return 'flagger';
  }
  if (workload.canary !== undefined) {
    return workload.canary.includes('/Rollout/') ? 'rollout' : 'flagger';
  }
  return canaries.some(
    ({ ref, phase }) => ref === planRef(workload) && UNDER_WAY.includes(phase),
  )
    ? 'underWay'
    : undefined;
}

/** The Deployments among workloads, with what keeps a canary from being started. */
export function startable(
  workloads: readonly WorkloadSummary[],
  canaries: readonly CanarySummary[],
): Startable[] {
  return workloads
    .filter(
      workload =>
        workload.kind === 'Deployment' &&
        !isCanaryOfAnother(workload, workloads),
    )
    .map(workload => ({ workload, refusal: refusalOf(workload, canaries) }));
}
