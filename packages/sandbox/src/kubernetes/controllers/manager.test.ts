import { asObjects, at } from '../values';
import {
  createTestCluster,
  readyNode,
  sampleDeployment,
} from '../testing/cluster';

describe('ControllerManager', () => {
  it('settles a world at once, dated as it was made, without events', () => {
    const { store, controllers } = createTestCluster();
    const creationTimestamp = '2026-10-01T00:00:00Z';
    const deployment = sampleDeployment('old');
    store.put('deployments.apps', {
      ...deployment,
      metadata: { ...deployment.metadata, creationTimestamp },
    });
    store.put('services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'old', namespace: 'default' },
      spec: { selector: { app: 'old' }, ports: [{ port: 80 }] },
    });
    controllers.settle();
    const pods = store.list('pods', 'default');
    expect(pods).toHaveLength(3);
    for (const pod of pods) {
      expect(pod.status?.phase).toBe('Running');
      expect(pod.metadata.creationTimestamp).toBe(creationTimestamp);
    }
    expect(store.list('events')).toEqual([]);
    const [slice] = store.list('endpointslices.discovery.k8s.io', 'default');
    expect(asObjects(slice.endpoints)).toHaveLength(3);
  });

  it('makes pods as admission changes them', () => {
    const { store, controllers } = createTestCluster({
      mutatePod: pod => ({
        ...pod,
        spec: {
          ...pod.spec,
          containers: [
            ...asObjects(pod.spec?.containers),
            { name: 'istio-proxy', image: 'istio/proxyv2:1.30.1' },
          ],
        },
      }),
    });
    store.put('deployments.apps', sampleDeployment('meshed', { replicas: 1 }));
    controllers.settle();
    const [pod] = store.list('pods', 'default');
    const names = asObjects(pod.status?.containerStatuses).map(
      status => status.name,
    );
    expect(names).toEqual(['app', 'istio-proxy']);
  });

  it('lets pods crash, and recover when their program does', () => {
    let health: 'crashing' | 'healthy' = 'crashing';
    const { store, run, controllers } = createTestCluster({
      podHealth: () => health,
    });
    store.put('deployments.apps', sampleDeployment('weak', { replicas: 1 }));
    run(20);
    const read = () => store.list('pods', 'default')[0];
    const [status] = asObjects(read().status?.containerStatuses);
    expect(at(status, 'state.waiting.reason')).toBe('CrashLoopBackOff');
    expect(Number(status.restartCount)).toBeGreaterThan(1);
    health = 'healthy';
    controllers.reviewPod('default', read().metadata.name);
    run(5);
    const [recovered] = asObjects(read().status?.containerStatuses);
    expect(recovered.ready).toBe(true);
    expect(recovered.restartCount).toBe(status.restartCount);
  });

  it('takes the pods of a failed node out of service, and back', () => {
    const { store, run } = createTestCluster();
    store.put('deployments.apps', sampleDeployment('spread'));
    run(6);
    const readyPods = () =>
      store
        .list('pods', 'default')
        .filter(pod =>
          asObjects(pod.status?.conditions).some(
            entry => entry.type === 'Ready' && entry.status === 'True',
          ),
        ).length;
    expect(readyPods()).toBe(3);
    const node = readyNode('node-1');
    const conditions = [{ type: 'Ready', status: 'Unknown' }];
    store.put('nodes', { ...node, status: { ...node.status, conditions } });
    run(2);
    expect(readyPods()).toBe(2);
    store.put('nodes', node);
    run(5);
    expect(readyPods()).toBe(3);
  });

  it('makes pods anew elsewhere when their node stays away', () => {
    const { store, run } = createTestCluster();
    store.put('deployments.apps', sampleDeployment('moved'));
    run(6);
    const node = readyNode('node-1');
    const conditions = [{ type: 'Ready', status: 'Unknown' }];
    store.put('nodes', { ...node, status: { ...node.status, conditions } });
    const homes = () =>
      store.list('pods', 'default').map(pod => pod.spec?.nodeName);
    run(290);
    expect(homes()).toContain('node-1');
    run(20);
    expect(homes()).toHaveLength(3);
    expect(homes()).not.toContain('node-1');
  });

  it('counts what a disruption budget allows', () => {
    const { store, run, controllers } = createTestCluster();
    store.put('deployments.apps', sampleDeployment('kept'));
    store.put('poddisruptionbudgets.policy', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'kept', namespace: 'default' },
      spec: {
        minAvailable: '50%',
        selector: { matchLabels: { app: 'kept' } },
      },
    });
    controllers.settle();
    const status = () =>
      store.get('poddisruptionbudgets.policy', 'default', 'kept')?.status;
    expect(status()).toMatchObject({
      expectedPods: 3,
      currentHealthy: 3,
      desiredHealthy: 2,
      disruptionsAllowed: 1,
    });
    const [pod] = store.list('pods', 'default');
    store.delete('pods', 'default', pod.metadata.name);
    controllers.tick();
    expect(status()).toMatchObject({ disruptionsAllowed: 0 });
    run(6);
    expect(status()).toMatchObject({ disruptionsAllowed: 1 });
  });

  it('numbers the pods of a StatefulSet and starts them in order', () => {
    const { store, clock, controllers } = createTestCluster();
    const { spec } = sampleDeployment('db');
    store.put('statefulsets.apps', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'default' },
      spec: { ...spec, serviceName: 'db' },
    });
    const counts: number[] = [];
    for (let step = 0; step < 40; step++) {
      clock.advance(500);
      controllers.tick();
      counts.push(store.list('pods', 'default').length);
    }
    expect(counts[0]).toBe(1);
    expect(store.list('pods', 'default').map(pod => pod.metadata.name)).toEqual(
      ['db-0', 'db-1', 'db-2'],
    );
  });

  it('puts one pod of a DaemonSet on every node', () => {
    const { store, controllers } = createTestCluster();
    const { spec } = sampleDeployment('agent');
    store.put('daemonsets.apps', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent', namespace: 'default' },
      spec: { selector: spec?.selector, template: spec?.template },
    });
    controllers.settle();
    const nodes = store.list('pods', 'default').map(pod => pod.spec?.nodeName);
    expect(nodes.sort()).toEqual(['node-1', 'node-2', 'node-3']);
    store.put('nodes', readyNode('node-4'));
    controllers.settle();
    expect(store.list('pods', 'default')).toHaveLength(4);
  });

  it('empties a namespace before it goes', () => {
    const { store, run } = createTestCluster();
    store.put('deployments.apps', sampleDeployment('inside'));
    run(6);
    const namespace = store.get('namespaces', undefined, 'default');
    if (!namespace) {
      throw new Error('the namespace is missing');
    }
    store.put('namespaces', {
      ...namespace,
      metadata: {
        ...namespace.metadata,
        finalizers: ['kubernetes'],
        deletionTimestamp: '2026-11-01T12:00:10Z',
      },
    });
    run(10);
    expect(store.get('namespaces', undefined, 'default')).toBeUndefined();
    expect(store.list('deployments.apps', 'default')).toEqual([]);
    expect(store.list('pods', 'default')).toEqual([]);
  });
});
