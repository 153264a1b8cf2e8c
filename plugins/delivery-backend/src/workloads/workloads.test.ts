import {
  workloadDetailsSchema,
  workloadListSchema,
} from '@orrery/backstage-plugin-delivery-common';
import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import request from 'supertest';
import {
  deployment,
  NAMESPACE,
  pod,
  putPayment,
  replicaSet,
} from '../__testUtils__/sampleObjects';
import { startWorkloads } from '../__testUtils__/startWorkloads';

const REF = 'kepler/wealth/Deployment/payment';

describe('workloads', () => {
  let world: Awaited<ReturnType<typeof startWorkloads>>;

  afterEach(() => world.stop());

  const get = (path: string) =>
    request(world.server).get(`/api/delivery${path}`);
  const details = (ref: string) => get(`/workloads/${encodeURIComponent(ref)}`);

  it('are listed with what belongs to them, the worst first', async () => {
    world = await startWorkloads();
    const { cluster } = world;
    putPayment(cluster);
    cluster.put(RESOURCE_TYPES.deployments, {
      ...deployment('order'),
      status: { observedGeneration: 99, replicas: 2, updatedReplicas: 2 },
    });
    const failing = pod('order-hash1', 1, {
      status: {
        phase: 'Pending',
        containerStatuses: [
          {
            name: 'app',
            image: 'order:9',
            state: {
              waiting: { reason: 'ErrImagePull', message: 'not found' },
            },
          },
        ],
      },
    });
    // No ReplicaSet says whose it is; its name does.
    failing.metadata.labels = { 'pod-template-hash': 'hash1' };
    cluster.put(RESOURCE_TYPES.pods, failing);
    cluster.put(RESOURCE_TYPES.horizontalPodAutoscalers, {
      metadata: { name: 'payment', namespace: NAMESPACE },
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'payment' },
        minReplicas: 2,
        maxReplicas: 4,
      },
    });
    const { status, body } = await get('/workloads');
    expect(status).toBe(200);
    const { items, provenance } = workloadListSchema.parse(body);
    expect(
      items.map(({ ref, state, sentence }) => [ref, state, sentence]),
    ).toEqual([
      [
        'kepler/wealth/Deployment/order',
        'Failing',
        '1 of 2 pods cannot pull image order:9: not found',
      ],
      [REF, 'Healthy', 'All 2 pods are ready'],
    ]);
    expect(items[1]).toMatchObject({
      app: 'payment',
      version: '1.3',
      scaler: { name: 'payment' },
    });
    expect(provenance.sources).toEqual([
      expect.objectContaining({ name: 'kepler/kubernetes', state: 'ok' }),
    ]);
    expect((await get('/workloads?namespaces=none')).body.items).toEqual([]);
    expect((await get('/workloads?app=payment')).body.items).toHaveLength(2);
  });

  it('are told in full, without their secrets', async () => {
    world = await startWorkloads();
    const { cluster } = world;
    putPayment(cluster);
    cluster.put(RESOURCE_TYPES.events, {
      metadata: { name: 'e1', namespace: NAMESPACE },
      reason: 'ScalingReplicaSet',
      message: 'Scaled up',
      count: 3,
      involvedObject: { kind: 'Deployment', name: 'payment' },
    });
    cluster.put(RESOURCE_TYPES.events, {
      metadata: { name: 'e2', namespace: NAMESPACE },
      involvedObject: { kind: 'Deployment', name: 'other' },
    });
    cluster.put(RESOURCE_TYPES.podDisruptionBudgets, {
      metadata: { name: 'payment', namespace: NAMESPACE },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'payment' } } },
    });
    const { body } = await details(REF);
    expect(JSON.stringify(body)).not.toContain('hunter2');
    const read = workloadDetailsSchema.parse(body);
    expect(read).toMatchObject({
      summary: { ref: REF },
      isPaused: false,
      isProtected: false,
      pods: [{ name: 'payment-hash2-1' }, { name: 'payment-hash2-2' }],
      events: [{ reason: 'ScalingReplicaSet', count: 3 }],
      budgets: [{ name: 'payment' }],
      revisions: [
        { revision: 2, isCurrent: true, pods: 2 },
        { revision: 1, isCurrent: false },
      ],
    });
    expect(read.resourceVersion).not.toBe('');
  });

  it('show what is known while the rest cannot be read', async () => {
    world = await startWorkloads();
    putPayment(world.cluster);
    world.cluster.beforeRequest = (_verb, plural) => {
      if (plural === 'events' || plural === 'replicasets') {
        throw new Error(`${plural} are away`);
      }
    };
    const { body } = await details(REF);
    expect(body.events).toEqual([]);
    expect(body.provenance.sources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'kubernetes/events',
          state: 'failed',
          reason: 'events are away',
        }),
        expect.objectContaining({
          name: 'kubernetes/replicasets',
          state: 'failed',
        }),
      ]),
    );
  });

  it('have the revisions of StatefulSets from where those are kept', async () => {
    world = await startWorkloads();
    world.cluster.put(RESOURCE_TYPES.statefulSets, deployment('db'));
    world.cluster.put(RESOURCE_TYPES.controllerRevisions, {
      metadata: {
        name: 'db-1',
        namespace: NAMESPACE,
        ownerReferences: [{ kind: 'StatefulSet', name: 'db' }],
      },
      revision: 1,
      data: {
        spec: {
          template: { spec: { containers: [{ name: 'app', image: 'db:1' }] } },
        },
      },
    });
    const { body } = await details('kepler/wealth/StatefulSet/db');
    expect(body.revisions).toEqual([
      expect.objectContaining({
        revision: 1,
        isCurrent: true,
        images: [{ container: 'app', image: 'db:1' }],
      }),
    ]);
  });

  it('know Rollouts, CronJobs with their Jobs, and Flagger', async () => {
    world = await startWorkloads();
    const { cluster } = world;
    cluster.put(RESOURCE_TYPES.rollouts, {
      ...deployment('web'),
      status: { ...Object(deployment('web').status), phase: 'Paused' },
    });
    cluster.put(
      RESOURCE_TYPES.replicaSets,
      replicaSet('web', 1, 'web:1', { kind: 'Rollout' }),
    );
    cluster.put(RESOURCE_TYPES.cronJobs, {
      metadata: { name: 'report', namespace: NAMESPACE },
      spec: { schedule: '0 * * * *' },
      status: {},
    });
    cluster.put(RESOURCE_TYPES.jobs, {
      metadata: {
        name: 'report-1',
        namespace: NAMESPACE,
        ownerReferences: [
          { kind: 'CronJob', name: 'report', controller: true },
        ],
      },
      status: {
        failed: 1,
        conditions: [{ type: 'Failed', status: 'True', reason: 'X' }],
      },
    });
    cluster.put(RESOURCE_TYPES.deployments, deployment('payment-primary'));
    cluster.put(RESOURCE_TYPES.canaries, {
      metadata: { name: 'payment', namespace: NAMESPACE },
      spec: { targetRef: { kind: 'Deployment', name: 'payment' } },
    });
    const { body } = await get('/workloads?cluster=kepler');
    expect(
      body.items.map(({ ref, state }: Record<string, string>) => [ref, state]),
    ).toEqual([
      ['kepler/wealth/CronJob/report', 'Failing'],
      ['kepler/wealth/Rollout/web', 'Paused'],
      ['kepler/wealth/Deployment/payment-primary', 'Healthy'],
    ]);
    expect(body.items[2]).toMatchObject({
      managedBy: { by: 'flagger', name: 'payment' },
      canary: 'kepler/wealth/Canary/payment',
    });
  });

  it.each([
    ['/workloads?cluster=tycho', 400, /^cluster: expected a cluster that is/],
    ['/workloads?namespaces=A!', 400, /^namespaces: expected up to 500/],
    ['/workloads/kepler%2Fwealth%2FPod%2Fx', 400, /^ref: expected a ref of a/],
    ['/workloads/x', 400, /^ref: /],
    [
      '/workloads/kepler%2Fwealth%2FDeployment%2Fx',
      404,
      /There is no Deployment x in wealth/,
    ],
    ['/images', 400, /^workload: expected the ref of a workload/],
    ['/releases?limit=0', 400, /^limit: expected a whole number from 1/],
    ['/releases?before=x', 400, /^before: /],
    ['/releases/none', 404, /There is no release none/],
    ['/numbers?by=x', 400, /^by: expected service or team/],
    ['/numbers?days=1000', 400, /^days: expected a whole number/],
  ])('refuse %s with %d', async (path, status, message) => {
    world = await startWorkloads();
    const response = await get(path);
    expect(response.body.error?.message).toMatch(message);
    expect(response.status).toBe(status);
  });

  it.each([
    '/workloads',
    `/workloads/${encodeURIComponent(REF)}`,
    '/releases',
    `/images?workload=${REF}`,
  ])('refuse %s to those who may not read', async path => {
    world = await startWorkloads({ denied: true });
    putPayment(world.cluster);
    const response = await get(path);
    expect(response.status).toBe(403);
    expect(response.body.error.message).toMatch(/delivery\.\w+\.read/);
  });
});
