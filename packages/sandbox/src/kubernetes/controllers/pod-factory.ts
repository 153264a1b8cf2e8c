import { randomSuffix } from '../names';
import { timestamp } from '../storage/timestamp';
import type { KubernetesObject } from '../store';
import { asObject, asTexts } from '../values';
import type { ControllerContext } from './context';
import { ownedBy } from './owner-index';

/** Builds a pod from an owner's template, changed by admission as the cluster would. */
export function createPod(
  context: ControllerContext,
  owner: KubernetesObject,
  options: { name?: string; labels?: Record<string, string> } = {},
): KubernetesObject {
  const { store, random, hooks, settling } = context;
  const template = asObject(owner.spec?.template);
  const templateMetadata = asObject(template.metadata);
  const annotations = asTexts(templateMetadata.annotations);
  const namespace = owner.metadata.namespace;
  const name = options.name ?? `${owner.metadata.name}-${randomSuffix(random)}`;
  const pod: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(options.name ? {} : { generateName: `${owner.metadata.name}-` }),
      namespace,
      labels: { ...asTexts(templateMetadata.labels), ...options.labels },
      ...(Object.keys(annotations).length ? { annotations } : {}),
      ownerReferences: [ownedBy(owner)],
      ...(settling
        ? { creationTimestamp: owner.metadata.creationTimestamp }
        : {}),
    },
    spec: { ...asObject(template.spec) },
    status: { phase: 'Pending', qosClass: 'Burstable' },
  };
  const mutated =
    hooks.mutatePod?.(
      pod,
      store.get('namespaces', undefined, namespace ?? ''),
    ) ?? pod;
  return store.put('pods', mutated);
}

/** Asks a pod to stop; it goes when its containers have ended. */
export function stopPod(
  context: ControllerContext,
  pod: KubernetesObject,
): void {
  const { store, clock, settling } = context;
  const { namespace, name } = pod.metadata;
  if (settling || !pod.spec?.nodeName) {
    store.delete('pods', namespace, name);
    return;
  }
  if (!pod.metadata.deletionTimestamp) {
    store.put('pods', {
      ...pod,
      metadata: {
        ...pod.metadata,
        deletionTimestamp: timestamp(clock.now()),
        deletionGracePeriodSeconds: 30,
      },
    });
  }
}
