import type { KubernetesObject } from '../store';
import { asNumber, asObject, asTexts } from '../values';
import type { ControllerContext } from './context';
import { ownedBy } from './owner-index';
import { specNumber } from './pod-state';
import { ownedObjects } from './replicas';

const resource = 'controllerrevisions.apps';

/** Keeps the template of a StatefulSet or DaemonSet for `rollout history` and `undo`. */
export function recordRevision(
  context: ControllerContext,
  owner: KubernetesObject,
  hash: string,
): void {
  const { store, settling } = context;
  const { namespace } = owner.metadata;
  const name = `${owner.metadata.name}-${hash}`;
  const known = ownedObjects(context, owner, resource).sort(
    (left, right) => revisionNumber(left) - revisionNumber(right),
  );
  const latest = known[known.length - 1];
  const revision = (latest ? revisionNumber(latest) : 0) + 1;
  const same = known.find(entry => entry.metadata.name === name);
  if (same) {
    if (same !== latest) {
      store.put(resource, { ...same, revision });
    }
    return;
  }
  store.put(resource, {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      namespace,
      labels: {
        ...asLabels(owner),
        'controller-revision-hash': hash,
      },
      ownerReferences: [ownedBy(owner)],
      ...(settling
        ? { creationTimestamp: owner.metadata.creationTimestamp }
        : {}),
    },
    data: {
      spec: {
        template: { ...asObject(owner.spec?.template), $patch: 'replace' },
      },
    },
    revision,
  });
  const limit = specNumber(owner, 'revisionHistoryLimit', 10);
  for (const old of known.slice(0, Math.max(0, known.length - limit))) {
    store.delete(resource, namespace, old.metadata.name);
  }
}

function revisionNumber(revision: KubernetesObject): number {
  return asNumber(revision.revision) ?? 0;
}

function asLabels(owner: KubernetesObject): Record<string, string> {
  const template = asObject(asObject(owner.spec?.template).metadata);
  return asTexts(template.labels);
}
