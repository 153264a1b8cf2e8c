import { contentHash } from '../names';
import type { KubernetesObject } from '../store';
import { asObject, asTexts } from '../values';
import type { ControllerContext } from './context';
import { ownedBy } from './owner-index';
import {
  hashLabel,
  inheritedAnnotations,
  revisionAnnotation,
  revisionOf,
} from './revisions';

const sets = 'replicasets.apps';

/** Gives a ReplicaSet another revision number. */
export function renumber(
  { store }: ControllerContext,
  set: KubernetesObject,
  revision: number,
): KubernetesObject {
  if (revisionOf(set) === revision) {
    return set;
  }
  return store.put(sets, {
    ...set,
    metadata: {
      ...set.metadata,
      annotations: {
        ...set.metadata.annotations,
        [revisionAnnotation]: String(revision),
      },
    },
  });
}

/** Makes the ReplicaSet of a Deployment's present template, still without pods. */
export function createReplicaSet(
  { store, settling }: ControllerContext,
  deployment: KubernetesObject,
  revision: number,
): KubernetesObject {
  const template = asObject(deployment.spec?.template);
  const templateMetadata = asObject(template.metadata);
  const hash = contentHash(template);
  const labels = { ...asTexts(templateMetadata.labels), [hashLabel]: hash };
  const selector = asObject(deployment.spec?.selector);
  return store.put(sets, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: {
        ...inheritedAnnotations(deployment),
        [revisionAnnotation]: String(revision),
      },
      ownerReferences: [ownedBy(deployment)],
      ...(settling
        ? { creationTimestamp: deployment.metadata.creationTimestamp }
        : {}),
    },
    spec: {
      replicas: 0,
      ...(deployment.spec?.minReadySeconds
        ? { minReadySeconds: deployment.spec.minReadySeconds }
        : {}),
      selector: {
        ...selector,
        matchLabels: { ...asTexts(selector.matchLabels), [hashLabel]: hash },
      },
      template: { ...template, metadata: { ...templateMetadata, labels } },
    },
    status: { replicas: 0 },
  });
}
