import type {
  WorkloadKind,
  WorkloadObject,
  WorkloadRevision,
} from '@orrery/backstage-plugin-delivery-common';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { as } from './objects';
import type { WorkloadIndex } from './WorkloadIndex';

export const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** The number of a ReplicaSet's revision, by whichever controller wrote it. */
export function revisionOf({ metadata }: KubernetesObject): number {
  const { annotations = {} } = metadata;
  return Number(
    annotations['deployment.kubernetes.io/revision'] ??
      annotations['rollout.argoproj.io/revision'] ??
      0,
  );
}

function imagesOf({ spec }: WorkloadObject) {
  return (spec?.template?.spec?.containers ?? []).map(
    ({ name, image = '' }) => ({ container: name, image }),
  );
}

function common(object: KubernetesObject) {
  const cause = object.metadata.annotations?.[CHANGE_CAUSE];
  return {
    name: object.metadata.name,
    ...(cause && { changeCause: cause }),
    ...(object.metadata.creationTimestamp && {
      createdAt: object.metadata.creationTimestamp,
    }),
  };
}

function fromReplicaSets(
  sets: readonly KubernetesObject[],
): WorkloadRevision[] {
  const newest = Math.max(...sets.map(revisionOf));
  return sets.map(set => ({
    ...common(set),
    revision: revisionOf(set),
    images: imagesOf(as<WorkloadObject>(set)),
    isCurrent: revisionOf(set) === newest,
    pods: as<WorkloadObject>(set).status?.replicas ?? 0,
  }));
}

/** What a ControllerRevision would make the workload. */
export function dataOf(revision: KubernetesObject): WorkloadObject {
  const data = revision.data;
  return {
    metadata: { name: revision.metadata.name },
    ...(typeof data === 'object' && data !== null ? data : {}),
  };
}

function fromControllerRevisions(
  revisions: readonly KubernetesObject[],
): WorkloadRevision[] {
  const numberOf = ({ revision }: KubernetesObject) => Number(revision ?? 0);
  const newest = Math.max(...revisions.map(numberOf));
  return revisions.map(revision => ({
    ...common(revision),
    revision: numberOf(revision),
    images: imagesOf(dataOf(revision)),
    isCurrent: numberOf(revision) === newest,
  }));
}

/** ControllerRevisions of a StatefulSet or DaemonSet, read now. */
export async function listControllerRevisions(
  client: ClusterClient,
  target: { cluster: string; namespace: string; kind: string; name: string },
): Promise<KubernetesObject[]> {
  const { cluster, namespace, kind, name } = target;
  const { items } = await client.list(
    cluster,
    RESOURCE_TYPES.controllerRevisions,
    { namespace },
  );
  return items.filter(({ metadata }) =>
    metadata.ownerReferences?.some(
      owner => owner.kind === kind && owner.name === name,
    ),
  );
}

/**
 * The revisions that a workload can be rolled back to, the newest first.
 */
export async function readRevisions(options: {
  client: ClusterClient;
  target: { cluster: string; namespace: string; kind: string; name: string };
  kind: WorkloadKind;
  workload: WorkloadObject;
  index: WorkloadIndex;
}): Promise<{ items: WorkloadRevision[]; sources: SourceStatus[] }> {
  const { client, target, kind, index } = options;
  const { namespace, name } = target;
  const newestFirst = (items: WorkloadRevision[]) =>
    items.sort((left, right) => right.revision - left.revision);
  if (kind === 'Deployment' || kind === 'Rollout') {
    const sets = index.replicaSetsOf(namespace, kind, name);
    return { items: newestFirst(fromReplicaSets(sets)), sources: [] };
  }
  if (kind !== 'StatefulSet' && kind !== 'DaemonSet') {
    return { items: [], sources: [] };
  }
  const source = 'kubernetes/controllerrevisions';
  try {
    const revisions = await listControllerRevisions(client, target);
    return {
      items: newestFirst(fromControllerRevisions(revisions)),
      sources: [{ name: source, state: 'ok', asOf: new Date().toISOString() }],
    };
  } catch (error) {
    return {
      items: [],
      sources: [
        {
          name: source,
          state: 'failed',
          reason: error instanceof Error ? error.message : String(error),
        },
      ],
    };
  }
}
