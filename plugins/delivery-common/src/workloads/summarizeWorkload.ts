import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import { workloadTemplateOf } from './containers';
import { managedBy } from './managedBy';
import type { PodObject, ScalerObject, WorkloadObject } from './objects';
import { readScaler } from './readBeside';
import { restartsOf, versionOf } from './readPod';
import type {
  Scaler,
  WorkloadKind,
  WorkloadStatus,
  WorkloadSummary,
} from './schema';
import { cronJobStatus, jobStatus } from './status/jobStatus';
import { countPods, replicaStatus } from './status/replicaStatus';

/** A workload with what belongs to it; what could not be read is undefined. @public */
export type WorkloadParts = {
  cluster: string;
  kind: WorkloadKind;
  workload: WorkloadObject;
  pods: readonly PodObject[] | undefined;
  /** Jobs of a CronJob. */
  jobs?: readonly WorkloadObject[];
  scaler?: { kind: Scaler['kind']; object: ScalerObject };
  /** The Flagger Canary that targets it, or that made it as its primary. */
  flagger?: { name: string; isPrimary: boolean };
};

/**
 * Canonical name of the app, by Istio's order of labels
 * (https://istio.io/latest/docs/reference/config/labels/).
 *
 * @public
 */
export function appOf(workload: WorkloadObject): string {
  const labels = workloadTemplateOf(workload)?.metadata?.labels ?? {};
  return (
    labels['service.istio.io/canonical-name'] ??
    labels['app.kubernetes.io/name'] ??
    labels.app ??
    workload.metadata.name
  );
}

/**
 * Status of a workload in words.
 *
 * @param pods - its pods; undefined when they could not be read
 * @param jobs - Jobs of a CronJob
 * @public
 */
export function workloadStatus(
  kind: WorkloadKind,
  workload: WorkloadObject,
  pods: readonly PodObject[] | undefined,
  jobs?: readonly WorkloadObject[],
): WorkloadStatus {
  switch (kind) {
    case 'Job':
      return jobStatus(workload, pods);
    case 'CronJob':
      return cronJobStatus(workload, jobs);
    default:
      return replicaStatus(kind, workload, pods);
  }
}

function statusOf(parts: WorkloadParts): WorkloadStatus {
  const { kind, workload, pods, jobs, scaler } = parts;
  const status = workloadStatus(kind, workload, pods, jobs);
  return status.sentence === 'Scaled to zero' && scaler
    ? {
        ...status,
        sentence: `Scaled to zero by ${scaler.kind} ${scaler.object.metadata.name}`,
      }
    : status;
}

function canaryOf(parts: WorkloadParts): string | undefined {
  const { cluster, kind, workload, flagger } = parts;
  const namespace = workload.metadata.namespace ?? 'default';
  if (kind === 'Rollout') {
    const { name } = workload.metadata;
    return formatRef({ type: 'workload', cluster, namespace, kind, name });
  }
  return (
    flagger &&
    formatRef({
      type: 'workload',
      cluster,
      namespace,
      kind: 'Canary',
      name: flagger.name,
    })
  );
}

/** One line of a list of workloads. @public */
export function summarizeWorkload(parts: WorkloadParts): WorkloadSummary {
  const { cluster, kind, workload, pods, scaler, flagger } = parts;
  const { name, namespace = 'default', creationTimestamp } = workload.metadata;
  const template = workloadTemplateOf(workload);
  const images = (template?.spec?.containers ?? []).map(
    ({ name: container, image = '' }) => ({ container, image }),
  );
  const isReplicated = kind !== 'Job' && kind !== 'CronJob';
  const counts = isReplicated ? countPods(workload) : {};
  const version = versionOf(template?.metadata?.labels, images);
  const canary = canaryOf(parts);
  return {
    ref: formatRef({ type: 'workload', cluster, namespace, kind, name }),
    cluster,
    namespace,
    kind,
    name,
    app: appOf(workload),
    ...(version && { version }),
    ...statusOf(parts),
    pods: {
      ...(counts.desired !== undefined && { desired: counts.desired }),
      ...(counts.ready !== undefined && { ready: counts.ready }),
      ...(counts.updated !== undefined && { updated: counts.updated }),
      ...(pods && {
        restarts: pods.reduce((sum, pod) => sum + restartsOf(pod), 0),
      }),
    },
    images,
    managedBy: managedBy(
      workload.metadata,
      flagger?.isPrimary ? flagger.name : undefined,
    ),
    ...(scaler && { scaler: readScaler(scaler.kind, scaler.object) }),
    ...(canary && { canary }),
    ...(creationTimestamp && { createdAt: creationTimestamp }),
  };
}

const ORDER: Readonly<Record<WorkloadSummary['state'], number>> = {
  Failing: 0,
  Degraded: 1,
  Unknown: 2,
  Progressing: 3,
  Paused: 4,
  Healthy: 5,
  Idle: 6,
};

/** Orders workloads worst first, then by their refs. @public */
export function compareWorkloads(
  left: WorkloadSummary,
  right: WorkloadSummary,
): number {
  return (
    ORDER[left.state] - ORDER[right.state] ||
    (left.ref < right.ref ? -1 : Number(left.ref > right.ref))
  );
}
