import type { KubernetesObject } from '../store';
import { asObjects, at } from '../values';
import { createTestCluster, sampleDeployment } from '../testing/cluster';

const resource = 'deployments.apps';

function setImage(object: KubernetesObject, image: string): KubernetesObject {
  const template = sampleDeployment('shop', {}, image).spec?.template;
  return { ...object, spec: { ...object.spec, template } };
}

function create(spec: Record<string, unknown> = {}) {
  const cluster = createTestCluster();
  const { store } = cluster;
  store.put(resource, sampleDeployment('shop', spec));
  cluster.run(6);
  const read = () => {
    const found = store.get(resource, 'default', 'shop');
    if (!found) {
      throw new Error('the Deployment is gone');
    }
    return found;
  };
  const sets = () =>
    store
      .list('replicasets.apps')
      .map(set => [at(set, 'spec.replicas'), at(set, 'status.readyReplicas')]);
  return { ...cluster, read, sets };
}

describe('DeploymentController', () => {
  it('brings pods up through a ReplicaSet', () => {
    const { store, read, sets } = create();
    expect(sets()).toEqual([[3, 3]]);
    expect(read().status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
      observedGeneration: 1,
    });
    expect(read().metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '1',
    });
    const reasons = asObjects(read().status?.conditions).map(
      entry => `${entry.type}=${entry.status} ${entry.reason}`,
    );
    expect(reasons).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True NewReplicaSetAvailable',
    ]);
    const pods = store.list('pods', 'default');
    expect(new Set(pods.map(pod => pod.spec?.nodeName)).size).toBe(3);
    expect(new Set(pods.map(pod => pod.status?.podIP)).size).toBe(3);
  });

  it('rolls a new template out without losing availability', () => {
    const { store, clock, controllers, read, sets } = create();
    store.put(resource, setImage(read(), 'example.org/app:2'));
    let least = 3;
    for (let step = 0; step < 60; step++) {
      clock.advance(500);
      controllers.tick();
      const available = Number(read().status?.availableReplicas ?? 0);
      least = Math.min(least, available);
    }
    expect(least).toBe(3);
    expect(sets().sort()).toEqual([
      [0, undefined],
      [3, 3],
    ]);
    expect(read().metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '2',
    });
    const images = store
      .list('pods', 'default')
      .map(pod => at(pod, 'status.phase'));
    expect(images).toEqual(['Running', 'Running', 'Running']);
  });

  it('goes back to an old ReplicaSet under a new revision', () => {
    const { store, run, read } = create();
    const first = read();
    store.put(resource, setImage(read(), 'example.org/app:2'));
    run(30);
    store.put(resource, { ...read(), spec: first.spec });
    run(30);
    expect(read().metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '3',
    });
    expect(store.list('replicasets.apps')).toHaveLength(2);
  });

  it('stops at an image that does not exist, and says when it gives up', () => {
    const { store, run, read } = create({ progressDeadlineSeconds: 20 });
    store.put(resource, setImage(read(), 'example.org/app:9-missing'));
    run(10);
    const waiting = store
      .list('pods', 'default')
      .map(pod =>
        at(asObjects(pod.status?.containerStatuses)[0], 'state.waiting.reason'),
      )
      .filter(Boolean);
    expect(waiting).toHaveLength(1);
    expect(['ErrImagePull', 'ImagePullBackOff']).toContain(waiting[0]);
    expect(read().status?.availableReplicas).toBe(3);
    run(30);
    const progressing = asObjects(read().status?.conditions).find(
      entry => entry.type === 'Progressing',
    );
    expect(progressing).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
  });

  it('replaces everything at once when told to recreate', () => {
    const { store, clock, controllers, read } = create({
      strategy: { type: 'Recreate' },
    });
    store.put(resource, setImage(read(), 'example.org/app:2'));
    const seen = new Set<number>();
    for (let step = 0; step < 40; step++) {
      clock.advance(500);
      controllers.tick();
      const sizes = store
        .list('replicasets.apps')
        .filter(set => Number(at(set, 'status.replicas')) > 0);
      seen.add(sizes.length);
    }
    expect([...seen].sort()).toEqual([0, 1]);
    expect(read().status?.updatedReplicas).toBe(3);
  });

  it('holds a rollout that is paused', () => {
    const { store, run, read } = create();
    const changed = setImage(read(), 'example.org/app:2');
    store.put(resource, {
      ...changed,
      spec: { ...changed.spec, paused: true },
    });
    run(10);
    expect(store.list('replicasets.apps')).toHaveLength(1);
    store.put(resource, {
      ...read(),
      spec: { ...read().spec, paused: false },
    });
    run(30);
    expect(read().status?.updatedReplicas).toBe(3);
  });

  it('forgets revisions beyond its limit', () => {
    const { store, run, read } = create({ revisionHistoryLimit: 1 });
    for (const version of [2, 3, 4]) {
      store.put(resource, setImage(read(), `example.org/app:${version}`));
      run(30);
    }
    expect(store.list('replicasets.apps')).toHaveLength(2);
  });

  it('takes its ReplicaSets and pods along when it is deleted', () => {
    const { store, run } = create();
    store.delete(resource, 'default', 'shop');
    run(10);
    expect(store.list('replicasets.apps')).toEqual([]);
    expect(store.list('pods')).toEqual([]);
  });
});
