import type { KubernetesObject, ObjectStore } from '../../kubernetes/store';
import { injectMesh } from '../../world/inject';
import { asNumber, asRecord, asTextMap } from '../read';

/** A running, ready pod made from a workload's template. */
function podOf(
  owner: KubernetesObject,
  name: string,
  nodeName: string,
): KubernetesObject {
  const template = asRecord(owner.spec?.template);
  const metadata = asRecord(template.metadata);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: owner.metadata.namespace,
      labels: asTextMap(metadata.labels),
      annotations: asTextMap(metadata.annotations),
      creationTimestamp: owner.metadata.creationTimestamp,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: owner.kind,
          name: owner.metadata.name,
          uid: owner.metadata.uid ?? '',
          controller: true,
        },
      ],
    },
    spec: { ...asRecord(template.spec), nodeName },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

const WORKLOADS = [
  'deployments.apps',
  'statefulsets.apps',
  'rollouts.argoproj.io',
];

/** Gives every Deployment, Rollout and StatefulSet its pods at once, in place of the controllers. */
export function runPods(store: ObjectStore): void {
  let number = 0;
  for (const resource of WORKLOADS) {
    for (const owner of store.list(resource)) {
      const replicas = asNumber(owner.spec?.replicas) ?? 1;
      for (let index = 0; index < replicas; index++) {
        const pod = podOf(
          owner,
          `${owner.metadata.name}-${index}`,
          `worker-${(number++ % 4) + 1}`,
        );
        const namespace = store.get(
          'namespaces',
          undefined,
          owner.metadata.namespace ?? '',
        );
        store.put('pods', injectMesh(pod, namespace));
      }
    }
  }
}

/** Sets the Ready condition of every pod of a workload. */
export function setReady(
  store: ObjectStore,
  prefix: string,
  ready: boolean,
): void {
  for (const pod of store.list('pods')) {
    if (!pod.metadata.name.startsWith(prefix)) continue;
    store.put('pods', {
      ...pod,
      status: {
        ...pod.status,
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      },
    });
  }
}
