import type { KubernetesObject } from '../../store';
import { asObject, asObjects, at, type JsonObject } from '../../values';
import { createTestCluster } from '../../testing/cluster';
import {
  patched,
  podTemplate,
  sampleRollout,
  subsetRouting,
  subsetTraffic,
} from '../../testing/rollout';
import { hashOf } from './rollout';

const rollouts = 'rollouts.argoproj.io';
const virtualServices = 'virtualservices.networking.istio.io';

const revision = (set: KubernetesObject) =>
  set.metadata.annotations?.['rollout.argoproj.io/revision'];

function start(canary: JsonObject, spec: JsonObject = {}, routed = true) {
  const cluster = createTestCluster();
  const { store } = cluster;
  const [virtualService, rule] = subsetRouting('shop');
  store.put(virtualServices, virtualService);
  store.put('destinationrules.networking.istio.io', rule);
  store.put(
    rollouts,
    sampleRollout(
      {
        canary: {
          ...canary,
          ...(routed
            ? { trafficRouting: subsetTraffic('shop', ['beta', 'copy']) }
            : {}),
        },
      },
      spec,
    ),
  );
  cluster.run(6);
  const read = () => {
    const found = store.get(rollouts, 'default', 'shop');
    if (!found) throw new Error('the Rollout is gone');
    return found;
  };
  const patch = (part: 'spec' | 'status', fields: JsonObject) => {
    store.put(rollouts, patched(read(), part, fields));
    cluster.run(1);
  };
  return {
    ...cluster,
    read,
    patch,
    status: () => asObject(read().status),
    image: (tag: string) =>
      patch('spec', {
        template: podTemplate('shop', `example.org/app:${tag}`),
      }),
    http: () =>
      asObjects(store.get(virtualServices, 'default', 'shop')?.spec?.http),
    weights: () =>
      asObjects(
        asObjects(
          store.get(virtualServices, 'default', 'shop')?.spec?.http,
        ).find(route => route.name === 'primary')?.route,
      ).map(entry => entry.weight),
    sizes: () =>
      store
        .list('replicasets.apps')
        .map(set => [revision(set), at(set, 'spec.replicas')] as const)
        .sort()
        .map(([number, size]) => `${number}:${size}`),
    reasons: () =>
      Object.fromEntries(
        asObjects(read().status?.conditions).map(entry => [
          entry.type,
          `${entry.status} ${entry.reason}`,
        ]),
      ),
    events: () => store.list('events').map(event => String(event.reason)),
  };
}

const steps = [
  { setWeight: 25 },
  { pause: {} },
  { setWeight: 50 },
  { pause: { duration: '20s' } },
];

describe('canary Rollouts', () => {
  it('roll the first template out without steps', () => {
    const { status, reasons, sizes, read } = start({ steps });
    expect(sizes()).toEqual(['1:4']);
    expect(status()).toMatchObject({
      phase: 'Healthy',
      replicas: 4,
      updatedReplicas: 4,
      readyReplicas: 4,
      availableReplicas: 4,
      HPAReplicas: 4,
      currentStepIndex: 4,
      selector: 'app=shop',
      observedGeneration: String(read().metadata.generation),
    });
    expect(status().stableRS).toBe(status().currentPodHash);
    expect(reasons()).toEqual({
      Available: 'True AvailableReason',
      Completed: 'True RolloutCompleted',
      Healthy: 'True RolloutHealthy',
      Progressing: 'True NewReplicaSetAvailable',
    });
  });

  it('weigh traffic only when the canary can take it, and wait at a pause', () => {
    const { image, status, weights, sizes, reasons, run, store } = start({
      steps,
    });
    image('2');
    expect(weights()).toEqual([100, 0]);
    run(6);
    expect(weights()).toEqual([75, 25]);
    expect(sizes()).toEqual(['1:4', '2:1']);
    expect(status()).toMatchObject({
      phase: 'Paused',
      message: 'CanaryPauseStep',
      currentStepIndex: 1,
      controllerPause: true,
      pauseConditions: [{ reason: 'CanaryPauseStep' }],
      canary: { weights: { canary: { weight: 25 }, stable: { weight: 75 } } },
    });
    expect(reasons()).toMatchObject({
      Paused: 'True RolloutPaused',
      Progressing: 'Unknown RolloutPaused',
      Completed: 'False RolloutCompleted',
      Healthy: 'False RolloutHealthy',
    });
    const rule = store.get(
      'destinationrules.networking.istio.io',
      'default',
      'shop',
    );
    const hashes = asObjects(rule?.spec?.subsets).map(
      subset => asObject(subset.labels)['rollouts-pod-template-hash'],
    );
    expect(hashes).toEqual([status().stableRS, status().currentPodHash]);
    run(600);
    expect(status().currentStepIndex).toBe(1);
  });

  it('go on when the pause is taken away, wait timed pauses out, and keep the old pods for a while', () => {
    const { image, status, patch, run, weights, sizes, events } = start({
      steps,
    });
    image('2');
    run(6);
    patch('status', { pauseConditions: null });
    run(6);
    expect(status()).toMatchObject({ currentStepIndex: 3, phase: 'Paused' });
    expect(weights()).toEqual([50, 50]);
    run(12);
    expect(status().currentStepIndex).toBe(3);
    run(20);
    expect(status()).toMatchObject({ phase: 'Healthy', currentStepIndex: 4 });
    expect(status().stableRS).toBe(status().currentPodHash);
    expect(status().pauseConditions).toBeUndefined();
    expect(weights()).toEqual([100, 0]);
    expect(sizes()).toEqual(['1:4', '2:4']);
    run(32);
    expect(sizes()).toEqual(['1:0', '2:4']);
    expect(events()).toEqual(
      expect.arrayContaining([
        'RolloutUpdated',
        'NewReplicaSetCreated',
        'TrafficWeightUpdated',
        'RolloutStepCompleted',
        'RolloutCompleted',
      ]),
    );
  });

  it('give all traffic back at once when aborted, keep the canary for 30 s, and can be retried', () => {
    const { image, status, patch, run, weights, sizes } = start({ steps });
    image('2');
    run(6);
    patch('status', { abort: true });
    expect(weights()).toEqual([100, 0]);
    expect(status()).toMatchObject({
      phase: 'Degraded',
      message: 'RolloutAborted: Rollout aborted update to revision 2',
      abort: true,
      abortedAt: expect.any(String),
      currentStepIndex: 0,
    });
    expect(sizes()).toEqual(['1:4', '2:1']);
    run(31);
    expect(sizes()).toEqual(['1:4', '2:0']);
    patch('status', { abort: false });
    run(6);
    expect(weights()).toEqual([75, 25]);
    expect(status()).toMatchObject({ phase: 'Paused', currentStepIndex: 1 });
    expect(status().abort).toBeUndefined();
  });

  it('promote fully on demand', () => {
    const { image, status, patch, run, sizes } = start({ steps });
    image('2');
    run(6);
    patch('status', { promoteFull: true });
    run(8);
    expect(status()).toMatchObject({ phase: 'Healthy', currentStepIndex: 4 });
    expect(status().promoteFull).toBeUndefined();
    expect(sizes()).toEqual(['1:4', '2:4']);
  });

  it('skip a step whose index is moved', () => {
    const { image, status, patch, run, weights } = start({ steps });
    image('2');
    run(6);
    patch('status', { pauseConditions: null, currentStepIndex: 2 });
    run(6);
    expect(weights()).toEqual([50, 50]);
    expect(status().currentStepIndex).toBe(3);
  });

  it('hold and go on by spec.paused', () => {
    const { image, status, patch, run, reasons } = start({ steps });
    image('2');
    run(6);
    patch('spec', { paused: true });
    expect(status()).toMatchObject({
      phase: 'Paused',
      message: 'manually paused',
    });
    run(20);
    expect(status().currentStepIndex).toBe(1);
    patch('spec', { paused: false });
    patch('status', { pauseConditions: null });
    run(6);
    expect(status().currentStepIndex).toBe(3);
    expect(reasons().Paused).toBe('True RolloutPaused');
  });

  it('go back to the stable template without steps', () => {
    const { image, status, run, weights, sizes, events } = start({ steps });
    image('2');
    run(6);
    image('1');
    run(40);
    expect(status()).toMatchObject({ phase: 'Healthy', currentStepIndex: 4 });
    expect(weights()).toEqual([100, 0]);
    expect(sizes()).toEqual(['2:0', '3:4']);
    expect(events()).toContain('SkipSteps');
  });

  it('roll back within the window without steps, and step outside it', () => {
    const { image, status, patch, run } = start(
      { steps },
      { rollbackWindow: { revisions: 3 } },
    );
    image('2');
    run(6);
    patch('status', { promoteFull: true });
    run(40);
    image('1');
    run(12);
    expect(status()).toMatchObject({ phase: 'Healthy', currentStepIndex: 4 });
  });

  it('add and remove header and mirror routes', () => {
    const { image, run, http, patch } = start({
      steps: [
        { setCanaryScale: { weight: 25 } },
        {
          setHeaderRoute: {
            name: 'beta',
            match: [{ headerName: 'x-group', headerValue: { exact: 'beta' } }],
          },
        },
        { setWeight: 10 },
        {
          setMirrorRoute: {
            name: 'copy',
            percentage: 35,
            match: [{ path: { prefix: '/' } }],
          },
        },
        { pause: {} },
      ],
    });
    image('2');
    run(6);
    expect(http().map(route => route.name)).toEqual([
      'beta',
      'copy',
      'primary',
    ]);
    expect(http()[0]).toMatchObject({
      match: [{ headers: { 'x-group': { exact: 'beta' } } }],
      route: [{ destination: { host: 'shop', subset: 'canary' }, weight: 100 }],
    });
    expect(http()[1]).toMatchObject({
      mirror: { host: 'shop', subset: 'canary' },
      mirrorPercentage: { value: 35 },
    });
    patch('status', { abort: true });
    expect(http().map(route => route.name)).toEqual(['primary']);
  });

  it('scale the canary apart from its weight', () => {
    const { image, run, sizes, weights } = start({
      steps: [
        { setCanaryScale: { replicas: 3 } },
        { setWeight: 10 },
        { pause: {} },
      ],
    });
    image('2');
    run(6);
    expect(sizes()).toEqual(['1:4', '2:3']);
    expect(weights()).toEqual([90, 10]);
  });

  it('shift pods instead of weights without traffic routing', () => {
    const { image, run, sizes, status, weights } = start({ steps }, {}, false);
    image('2');
    run(12);
    expect(sizes()).toEqual(['1:3', '2:1']);
    expect(asObject(status().canary).weights).toBeUndefined();
    expect(weights()).toEqual([100, 0]);
    expect(status()).toMatchObject({ phase: 'Paused', replicas: 4 });
  });

  it('restart pods older than an instant', () => {
    const { run, patch, status, store, clock } = start({ steps });
    const before = store.list('pods').map(pod => pod.metadata.name);
    run(5);
    const at_ = new Date(clock.now()).toISOString().replace(/\.\d+/, '');
    patch('spec', { restartAt: at_ });
    expect(status()).toMatchObject({ message: 'rollout is restarting' });
    run(40);
    const after = store.list('pods').map(pod => pod.metadata.name);
    expect(after).toHaveLength(4);
    expect(after.filter(name => before.includes(name))).toEqual([]);
    expect(status()).toMatchObject({ phase: 'Healthy', restartedAt: at_ });
  });

  it('say when the canary makes no progress', () => {
    const { image, run, status, weights } = start(
      { steps },
      { progressDeadlineSeconds: 20 },
    );
    image('2-missing');
    run(30);
    expect(weights()).toEqual([100, 0]);
    expect(status().phase).toBe('Degraded');
    expect(status().message).toMatch(/^ProgressDeadlineExceeded: ReplicaSet/);
  });

  it.each([
    [[{ setWeight: 120 }], 'SetWeight needs to be between 0 and 100'],
    [[{ setWeight: 1, pause: {} }], 'Step must have one of the following set'],
    [[{ plugin: { name: 'a/b' } }], 'step plugin is not configured'],
  ])('refuse steps %j', (bad, message) => {
    const { status } = start({ steps: bad });
    expect(status().phase).toBe('Degraded');
    expect(status().message).toContain(message);
  });

  it('mark the pods of either side', () => {
    const { image, run, store, status, patch } = start({
      steps,
      canaryMetadata: { labels: { role: 'canary' } },
      stableMetadata: { labels: { role: 'stable' } },
    });
    image('2');
    run(6);
    const roles = () =>
      new Set(
        store
          .list('pods')
          .filter(pod => hashOf(pod) === status().currentPodHash)
          .map(pod => pod.metadata.labels?.role),
      );
    expect(roles()).toEqual(new Set(['canary']));
    patch('status', { promoteFull: true });
    run(10);
    expect(roles()).toEqual(new Set(['stable']));
  });
});
