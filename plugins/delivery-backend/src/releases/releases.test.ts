import {
  releaseDetailsSchema,
  releaseListSchema,
} from '@orrery/backstage-plugin-delivery-common';
import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import request from 'supertest';
import {
  deployment,
  NAMESPACE,
  putPayment,
  replicaSet,
} from '../__testUtils__/sampleObjects';
import { startWorkloads } from '../__testUtils__/startWorkloads';

const WORKLOAD = 'kepler/wealth/Deployment/payment';

describe('releases', () => {
  let world: Awaited<ReturnType<typeof startWorkloads>>;

  beforeEach(async () => {
    world = await startWorkloads();
    putPayment(world.cluster);
  });

  afterEach(() => world.stop());

  const get = (path: string) =>
    request(world.server).get(`/api/delivery${path}`);
  const list = async (query = '') =>
    releaseListSchema.parse((await get(`/releases${query}`)).body);

  /** Watches take a moment to bring what was put. */
  async function observe() {
    await new Promise(resolve => {
      setTimeout(resolve, 30);
    });
    await world.observe();
  }

  const deploy = (revision: number, image: string, annotations = {}) => {
    world.cluster.put(
      RESOURCE_TYPES.replicaSets,
      replicaSet('payment', revision, image, { replicas: 2, annotations }),
    );
  };

  const settle = (status: object) =>
    world.cluster.put(RESOURCE_TYPES.deployments, {
      ...deployment('payment'),
      status: { ...Object(deployment('payment').status), ...status },
    });

  it('are found in what the cluster keeps, once', async () => {
    await observe();
    await observe();
    const { items } = await list();
    expect(
      items.map(({ revision, state, outcome, version }) => [
        revision,
        state,
        outcome,
        version,
      ]),
    ).toEqual([
      [2, 'succeeded', 'All 2 pods are ready', '1.3'],
      [1, 'unknown', 'It was over before Orrery watched', '1.2'],
    ]);
    expect(items[0]).toMatchObject({
      workload: WORKLOAD,
      app: 'payment',
      revisionName: 'payment-hash2',
      images: [{ container: 'app', image: 'registry.example/wealth/pay:1.3' }],
      actor: { by: 'unknown' },
      isRollback: false,
    });
    // When it ended, nobody saw.
    expect(items[0]).not.toHaveProperty('finishedAt');
  });

  it('ended when the Deployment says that they did', async () => {
    settle({
      conditions: [
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          lastUpdateTime: '2026-11-22T10:04:00Z',
        },
      ],
    });
    await observe();
    expect((await list()).items[0].finishedAt).toBe('2026-11-22T10:04:00.000Z');
  });

  it('say who and why, and how they went', async () => {
    await observe();
    deploy(3, 'registry.example/wealth/pay:1.4', {
      'kubernetes.io/change-cause':
        'user:default/kepler via Orrery: Faster payments',
    });
    settle({ updatedReplicas: 1 });
    await observe();
    const [running] = (await list()).items;
    expect(running).toMatchObject({
      revision: 3,
      actor: { by: 'person', name: 'user:default/kepler' },
      why: 'Faster payments',
      state: 'progressing',
      outcome: '1 of 2 pods replaced',
    });
    settle({
      updatedReplicas: 1,
      conditions: [
        {
          type: 'Progressing',
          status: 'False',
          reason: 'ProgressDeadlineExceeded',
        },
      ],
    });
    await observe();
    expect((await list()).items[0]).toMatchObject({
      state: 'failed',
      outcome: 'The rollout did not finish within 600 s',
      finishedAt: expect.any(String),
    });
    // Back to where it was: the ReplicaSet of then has a new number.
    deploy(4, 'registry.example/wealth/pay:1.3', {
      'deployment.kubernetes.io/revision-history': '2',
    });
    settle({});
    await observe();
    expect((await list()).items[0]).toMatchObject({
      revision: 4,
      isRollback: true,
      state: 'succeeded',
    });
    const { body } = await get('/numbers?days=90&by=service');
    expect(body).toMatchObject({
      days: 90,
      by: 'service',
      items: [{ name: 'payment', deployments: 3, failures: 1 }],
    });
    expect((await get('/numbers?by=team')).body.items).toEqual([
      expect.objectContaining({ name: 'unknown' }),
    ]);
  });

  it('name the canary that walked them', async () => {
    const { cluster } = world;
    const rollout = (name: string, strategy: object) =>
      cluster.put(
        RESOURCE_TYPES.rollouts,
        deployment(name, { spec: { strategy } }),
      );
    rollout('quote', { canary: { steps: [] } });
    rollout('plain', {});
    for (const name of ['quote', 'plain']) {
      cluster.put(
        RESOURCE_TYPES.replicaSets,
        replicaSet(name, 1, 'quote:1', { kind: 'Rollout' }),
      );
    }
    cluster.put(
      RESOURCE_TYPES.deployments,
      deployment('payment-canary', {
        metadata: { labels: { 'orrery.dev/canary-of': 'payment' } },
      }),
    );
    cluster.put(
      RESOURCE_TYPES.replicaSets,
      replicaSet('payment-canary', 1, 'pay:2'),
    );
    cluster.put(RESOURCE_TYPES.deployments, deployment('fund'));
    cluster.put(RESOURCE_TYPES.replicaSets, replicaSet('fund', 1, 'fund:1'));
    cluster.put(RESOURCE_TYPES.canaries, {
      metadata: { name: 'fund-canary', namespace: NAMESPACE },
      spec: { targetRef: { kind: 'Deployment', name: 'fund' } },
    });
    await observe();
    const { items } = await list();
    expect(
      Object.fromEntries(
        items.map(({ workload, canary }) => [workload.split('/')[3], canary]),
      ),
    ).toEqual({
      quote: 'kepler/wealth/Rollout/quote',
      plain: undefined,
      'payment-canary': 'kepler/wealth/CanaryPlan/payment',
      fund: 'kepler/wealth/Canary/fund-canary',
      payment: undefined,
    });
    const walked = await list('?canary=kepler/wealth/Rollout/quote');
    expect(walked.items.map(({ workload }) => workload)).toEqual([
      'kepler/wealth/Rollout/quote',
    ]);
  });

  it('of StatefulSets come from their ControllerRevisions', async () => {
    world.cluster.put(RESOURCE_TYPES.statefulSets, deployment('db'));
    for (const revision of [1, 2]) {
      world.cluster.put(RESOURCE_TYPES.controllerRevisions, {
        metadata: {
          name: `db-${revision}`,
          namespace: NAMESPACE,
          ownerReferences: [{ kind: 'StatefulSet', name: 'db' }],
        },
        revision,
        data: {
          spec: {
            template: {
              spec: { containers: [{ name: 'app', image: `db:${revision}` }] },
            },
          },
        },
      });
    }
    await observe();
    const { items } = await list('?workload=kepler/wealth/StatefulSet/db');
    expect(
      items.map(({ revision, state, images }) => [
        revision,
        state,
        images[0].image,
      ]),
    ).toEqual([
      [2, 'succeeded', 'db:2'],
      [1, 'unknown', 'db:1'],
    ]);
    const { body } = await get(`/releases/${items[0].id}`);
    expect([body.template, body.templateBefore]).toEqual([
      expect.stringContaining('db:2'),
      expect.stringContaining('db:1'),
    ]);
  });

  it('outlive what the cluster keeps, and are compared', async () => {
    await observe();
    world.cluster.remove(RESOURCE_TYPES.replicaSets, {
      namespace: NAMESPACE,
      name: 'payment-hash1',
    });
    await observe();
    const { items } = await list(`?workload=${WORKLOAD}`);
    expect(items).toHaveLength(2);
    const { body } = await get(`/releases/${items[0].id}`);
    const details = releaseDetailsSchema.parse(body);
    expect(details.previous?.revision).toBe(1);
    expect(details.template).toContain('pay:1.3');
    expect(details.templateBefore).toContain('pay:1.2');
    // Environment variables are part of it, secrets are not.
    expect(details.template).toContain('REGION');
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  it('that another overtakes are superseded', async () => {
    await observe();
    settle({ updatedReplicas: 1 });
    deploy(3, 'registry.example/wealth/pay:1.4');
    await observe();
    deploy(4, 'registry.example/wealth/pay:1.5');
    await observe();
    const { items } = await list();
    expect(items.map(({ revision, state }) => [revision, state])).toEqual([
      [4, 'progressing'],
      [3, 'superseded'],
      [2, 'succeeded'],
      [1, 'unknown'],
    ]);
  });

  it('come in pages, by app and place', async () => {
    await observe();
    const first = await list('?limit=1&app=payment');
    expect(first.items).toHaveLength(1);
    const second = await list(`?limit=1&before=${first.next}`);
    expect(second.items[0].revision).toBe(1);
    expect(second.next).toBeUndefined();
    expect((await list('?app=none')).items).toEqual([]);
    expect((await list('?namespaces=none')).items).toEqual([]);
    expect(
      (await list('?cluster=kepler&namespaces=wealth')).items,
    ).toHaveLength(2);
  });
});
