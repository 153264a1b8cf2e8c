import type { WorkloadKind } from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import type { Listed } from '../sources/DeliveryObjects';
import { canaryOf } from './canaryOf';
import { as, WORKLOAD_LISTS } from '../workloads/objects';
import type { WorkloadIndex } from '../workloads/WorkloadIndex';
import { numberOf, type RevisionFound } from './draftReleases';

const RELEASED: readonly WorkloadKind[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
];

/** All revisions of all workloads that the caches know. */
export function findRevisions(
  cluster: string,
  objects: Listed,
  index: WorkloadIndex,
): RevisionFound[] {
  const byOwner = new Map<string, KubernetesObject[]>();
  for (const revision of objects.controllerRevisions ?? []) {
    const owner = revision.metadata.ownerReferences?.[0];
    const { namespace = 'default' } = revision.metadata;
    if (owner) {
      const key = formatRef({
        type: 'workload',
        cluster,
        namespace,
        kind: owner.kind,
        name: owner.name,
      });
      byOwner.set(key, [...(byOwner.get(key) ?? []), revision]);
    }
  }
  return RELEASED.flatMap(kind =>
    (objects[WORKLOAD_LISTS[kind]] ?? []).flatMap(object => {
      const { namespace = 'default', name } = object.metadata;
      const ref = formatRef({
        type: 'workload',
        cluster,
        namespace,
        kind,
        name,
      });
      const revisions =
        kind === 'Deployment' || kind === 'Rollout'
          ? index.replicaSetsOf(namespace, kind, name)
          : byOwner.get(ref) ?? [];
      const newest = Math.max(...revisions.map(numberOf));
      const found = index.find(namespace, kind, name);
      const { flagger } = found?.parts ?? {};
      const canary = canaryOf(cluster, kind, object, flagger?.name);
      return revisions.flatMap(revision =>
        numberOf(revision) > 0
          ? [
              {
                cluster,
                kind,
                workload: as<RevisionFound['workload']>(object),
                ...(flagger?.isPrimary && { flagger: flagger.name }),
                ...(canary && { canary }),
                object: revision,
                revision: numberOf(revision),
                isNewest: numberOf(revision) === newest,
              },
            ]
          : [],
      );
    }),
  );
}
