/**
 * A cluster with thousands of workloads, in memory: it lists, watches, and
 * changes objects when it is told to. Nothing is decoded from a wire, so what
 * is measured is what the backend makes of it.
 */
const REPLICAS = 2;
const NAMESPACES = 100;

const nameOf = index => `app-${String(index).padStart(4, '0')}`;
const namespaceOf = index =>
  `team-${String(index % NAMESPACES).padStart(3, '0')}`;

function metadata(kind, index, more) {
  return {
    namespace: namespaceOf(index),
    uid: `${kind}-${index}`,
    resourceVersion: '1',
    generation: 1,
    creationTimestamp: '2026-11-01T10:00:00Z',
    managedFields: [{ manager: 'helm', fieldsV1: { note: 'x'.repeat(900) } }],
    ...more,
  };
}

function template(index, labels) {
  return {
    metadata: { labels: { app: nameOf(index), version: 'v1', ...labels } },
    spec: {
      containers: [
        {
          name: 'app',
          image: `registry.example/${namespaceOf(index)}/${nameOf(index)}:1.${
            index % 50
          }`,
          env: [{ name: 'A', value: 'x'.repeat(200) }],
          resources: { requests: { cpu: '100m' } },
        },
      ],
    },
  };
}

const counts = {
  observedGeneration: 1,
  replicas: REPLICAS,
  updatedReplicas: REPLICAS,
  readyReplicas: REPLICAS,
  availableReplicas: REPLICAS,
};

function deployment(index) {
  return {
    metadata: metadata('deployment', index, { name: nameOf(index) }),
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: { app: nameOf(index) } },
      template: template(index),
    },
    status: counts,
  };
}

function replicaSet(index) {
  const hash = `6d5f${index}`;
  return {
    metadata: metadata('replicaset', index, {
      name: `${nameOf(index)}-${hash}`,
      annotations: { 'deployment.kubernetes.io/revision': '1' },
      ownerReferences: [
        { kind: 'Deployment', name: nameOf(index), controller: true },
      ],
    }),
    spec: {
      replicas: REPLICAS,
      template: template(index, { 'pod-template-hash': hash }),
    },
    status: counts,
  };
}

function pod(index, number) {
  const set = `${nameOf(index)}-6d5f${index}`;
  // One in fifty is ill, so that there is something to group and to sort.
  const isIll = index % 50 === 7 && number === 0;
  return {
    metadata: metadata('pod', `${index}-${number}`, {
      namespace: namespaceOf(index),
      name: `${set}-${number}`,
      labels: { app: nameOf(index), 'pod-template-hash': `6d5f${index}` },
      ownerReferences: [{ kind: 'ReplicaSet', name: set, controller: true }],
    }),
    spec: { nodeName: `node-${index % 200}`, ...template(index).spec },
    status: {
      phase: isIll ? 'Pending' : 'Running',
      containerStatuses: [
        {
          name: 'app',
          image: 'app:1',
          ready: !isIll,
          restartCount: index % 3,
          state: isIll
            ? { waiting: { reason: 'ImagePullBackOff', message: 'not found' } }
            : { running: {} },
        },
      ],
    },
  };
}

/**
 * Makes the cluster.
 *
 * @param more - further objects by the plural of their kind
 */
export function largeDelivery(workloads, more = {}) {
  const each = make =>
    Array.from({ length: workloads }, (_, index) => make(index));
  const objects = {
    deployments: each(deployment),
    replicasets: each(replicaSet),
    pods: each(index =>
      Array.from({ length: REPLICAS }, (_, number) => pod(index, number)),
    ).flat(),
    ...more,
  };
  const listeners = new Map();
  const refuse = () => Promise.reject(new Error('Only lists and watches here'));
  return {
    objects,
    /** Tells everyone who watches that an object has changed. */
    change(plural, object) {
      listeners.get(plural)?.({ type: 'MODIFIED', object });
    },
    client: {
      list: async (_cluster, { plural }) => ({
        items: objects[plural] ?? [],
        resourceVersion: '1',
      }),
      async *watch(_cluster, { plural }, { signal }) {
        yield { type: 'OPENED' };
        const ended = new Promise(resolve => {
          signal.addEventListener('abort', () => resolve(undefined));
        });
        while (!signal.aborted) {
          const event = await Promise.race([
            ended,
            new Promise(resolve => listeners.set(plural, resolve)),
          ]);
          if (event) {
            yield event;
          }
        }
      },
      get: refuse,
      create: refuse,
      replace: refuse,
      patch: refuse,
      delete: refuse,
      getFromPod: refuse,
      async *podLog() {
        await refuse();
      },
    },
  };
}
