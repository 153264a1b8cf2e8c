import { createHash } from 'node:crypto';
import {
  appOf,
  readActor,
  versionOf,
  type PodTemplateObject,
  type WorkloadKind,
  type WorkloadObject,
} from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { as } from '../workloads/objects';
import { CHANGE_CAUSE, dataOf, revisionOf } from '../workloads/readRevisions';
import type { StoredRelease } from './ReleaseStore';

/** What is said of a release that nothing is known of yet. */
export const JUST_BEGUN = 'It has just begun';

/** How often controllers say that they went back to a revision. */
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';

/** A revision of a workload that could be a release. */
export type RevisionFound = {
  cluster: string;
  kind: WorkloadKind;
  workload: WorkloadObject;
  flagger?: string;
  /** Ref of the canary that walks changes of the workload. */
  canary?: string;
  /** The ReplicaSet or ControllerRevision. */
  object: KubernetesObject;
  revision: number;
  /** Whether it is the newest of its workload. */
  isNewest: boolean;
};

/** One name for a revision of a workload, in every backend the same. */
export function releaseId(found: RevisionFound): string {
  const { cluster, kind, workload, revision } = found;
  const { namespace, name, uid } = workload.metadata;
  return createHash('sha256')
    .update([cluster, namespace, kind, name, uid, revision].join('\n'))
    .digest('hex');
}

/** The number of a revision, whichever kind of object keeps it. */
export function numberOf(object: KubernetesObject): number {
  return object.revision === undefined
    ? revisionOf(object)
    : Number(object.revision);
}

/** The pod template that a revision brought; of slim objects, what is left. */
export function templateOfRevision(
  object: KubernetesObject,
): PodTemplateObject | undefined {
  return object.data === undefined
    ? as<WorkloadObject>(object).spec?.template
    : dataOf(object).spec?.template;
}

/**
 * What can be told of a release from the cluster alone. One that is seen
 * when it is not the newest any more was over before anyone watched.
 *
 * @param template - YAML of the pod template
 * @param now - when it was seen
 */
export function draftRelease(
  found: RevisionFound,
  template: string,
  now: Date,
): StoredRelease {
  const { cluster, kind, workload, flagger, canary } = found;
  const { object, revision, isNewest } = found;
  const { namespace = 'default', name } = workload.metadata;
  const { annotations = {}, creationTimestamp } = object.metadata;
  const pods = templateOfRevision(object);
  const images = (pods?.spec?.containers ?? []).map(
    ({ name: container, image = '' }) => ({ container, image }),
  );
  const isRollback = annotations[REVISION_HISTORY] !== undefined;
  const version = versionOf(pods?.metadata?.labels, images);
  return {
    id: releaseId(found),
    workload: formatRef({ type: 'workload', cluster, namespace, kind, name }),
    cluster,
    namespace,
    app: appOf(workload),
    revision,
    revisionName: object.metadata.name,
    ...(version && { version }),
    ...(canary && { canary }),
    images,
    ...readActor(workload.metadata, annotations[CHANGE_CAUSE], flagger),
    isRollback,
    // A revision that is gone back to keeps the age of its first time.
    startedAt:
      isRollback && isNewest
        ? now.toISOString()
        : new Date(creationTimestamp ?? now).toISOString(),
    state: isNewest ? 'progressing' : 'unknown',
    outcome: isNewest ? JUST_BEGUN : 'It was over before Orrery watched',
    template,
  };
}
