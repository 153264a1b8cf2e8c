import {
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import type { MemoryCluster } from './MemoryCluster';

export const NAMESPACE = 'wealth';

function template(image: string, labels: object = {}) {
  return {
    metadata: { labels: { app: 'payment', ...labels } },
    spec: {
      containers: [
        {
          name: 'app',
          image,
          env: [
            { name: 'REGION', value: 'sh' },
            { name: 'DB_PASSWORD', value: 'hunter2' },
          ],
        },
      ],
    },
  };
}

function status(replicas: number) {
  return {
    observedGeneration: 99,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
  };
}

/** A Deployment whose rollout is over. */
export function deployment(
  name: string,
  overrides: {
    image?: string;
    metadata?: object;
    spec?: object;
    labels?: object;
  } = {},
): KubernetesObject {
  const { image = 'registry.example/wealth/pay:1.3' } = overrides;
  return {
    metadata: { name, namespace: NAMESPACE, ...overrides.metadata },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'payment' } },
      template: template(image, overrides.labels),
      ...overrides.spec,
    },
    status: status(2),
  };
}

/** A revision of a Deployment, or of a Rollout. */
export function replicaSet(
  owner: string,
  revision: number,
  image: string,
  more: {
    replicas?: number;
    createdAt?: string;
    kind?: string;
    annotations?: object;
  } = {},
): KubernetesObject {
  const { replicas = 0, kind = 'Deployment' } = more;
  const hash = `hash${revision}`;
  return {
    metadata: {
      name: `${owner}-${hash}`,
      namespace: NAMESPACE,
      creationTimestamp: more.createdAt ?? `2026-11-2${revision}T10:00:00Z`,
      labels: { app: 'payment', 'pod-template-hash': hash },
      annotations: {
        [kind === 'Rollout'
          ? 'rollout.argoproj.io/revision'
          : 'deployment.kubernetes.io/revision']: String(revision),
        ...more.annotations,
      },
      ownerReferences: [{ kind, name: owner, controller: true }],
    },
    spec: {
      replicas,
      template: template(image, { 'pod-template-hash': hash }),
    },
    status: { ...status(replicas), replicas },
  };
}

/** A pod of a ReplicaSet. */
export function pod(
  set: string,
  number: number,
  more: { status?: object } = {},
): KubernetesObject {
  return {
    metadata: {
      name: `${set}-${number}`,
      namespace: NAMESPACE,
      labels: { app: 'payment' },
      ownerReferences: [{ kind: 'ReplicaSet', name: set, controller: true }],
    },
    spec: { nodeName: 'node-1', containers: [{ name: 'app', image: 'x:1' }] },
    status: {
      phase: 'Running',
      containerStatuses: [{ name: 'app', ready: true, state: { running: {} } }],
      ...more.status,
    },
  };
}

/** A Deployment `payment` with two revisions and two pods. */
export function putPayment(cluster: MemoryCluster): void {
  cluster.put(RESOURCE_TYPES.deployments, deployment('payment'));
  cluster.put(
    RESOURCE_TYPES.replicaSets,
    replicaSet('payment', 1, 'registry.example/wealth/pay:1.2'),
  );
  cluster.put(
    RESOURCE_TYPES.replicaSets,
    replicaSet('payment', 2, 'registry.example/wealth/pay:1.3', {
      replicas: 2,
    }),
  );
  cluster.put(RESOURCE_TYPES.pods, pod('payment-hash2', 1));
  cluster.put(RESOURCE_TYPES.pods, pod('payment-hash2', 2));
}
