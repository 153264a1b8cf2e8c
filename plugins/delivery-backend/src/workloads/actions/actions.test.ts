import { actionPreviewSchema } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import request from 'supertest';
import { startFakeRegistry } from '../../__testUtils__/fakeRegistry';
import {
  deployment,
  NAMESPACE,
  pod,
  putPayment,
  replicaSet,
} from '../../__testUtils__/sampleObjects';
import { startWorkloads } from '../../__testUtils__/startWorkloads';

const WORKLOAD = 'kepler/wealth/Deployment/payment';
const KEY = { namespace: NAMESPACE, name: 'payment' };

describe('actions on workloads', () => {
  let world: Awaited<ReturnType<typeof startWorkloads>>;
  let registry: Awaited<ReturnType<typeof startFakeRegistry>> | undefined;

  async function start(options: Parameters<typeof startWorkloads>[0] = {}) {
    world = await startWorkloads(options);
    putPayment(world.cluster);
  }

  afterEach(async () => {
    registry?.stop();
    registry = undefined;
    await world.stop();
  });

  const preview = (action: string, input: object) =>
    request(world.server)
      .post(`/api/delivery/actions/${action}/preview`)
      .send({ input });

  /** Previews and runs with what the preview said. */
  async function run(action: string, input: object, overrides: object = {}) {
    const { body } = await preview(action, input);
    return request(world.server)
      .post(`/api/delivery/actions/${action}/run`)
      .send({
        input,
        reason: 'Because',
        resourceVersion: body.resourceVersion,
        idempotencyKey: `key-${action}-${world.rows.size}`,
        ...overrides,
      });
  }

  const live = (): KubernetesObject => {
    const found = world.cluster.peek(RESOURCE_TYPES.deployments, KEY);
    if (!found) {
      throw new Error('payment is gone');
    }
    return found;
  };

  async function ended(id: string) {
    for (let tries = 0; tries < 200; tries++) {
      const row = world.rows.get(id);
      if (row && row.state !== 'running') {
        return row;
      }
      await new Promise(resolve => {
        setTimeout(resolve, 10);
      });
    }
    throw new Error(`${world.rows.get(id)?.message}`);
  }

  it('deploy an image that the registry has, pinned, and follow it', async () => {
    registry = await startFakeRegistry();
    const digest = registry.push('1.4', '2026-11-20T10:00:00Z');
    await start({ registryUrl: registry.url });
    const input = {
      workload: WORKLOAD,
      image: 'registry.example/wealth/pay:1.4',
      pinDigest: true,
    };
    const { body } = await preview('deploy-image', input);
    const seen = actionPreviewSchema.parse(body);
    expect(seen).toMatchObject({
      target: WORKLOAD,
      summary: `Deploy registry.example/wealth/pay:1.4@${digest} to Deployment payment in wealth (app runs registry.example/wealth/pay:1.3 now)`,
      blastRadius: { pods: 2 },
      warnings: [],
    });
    expect(seen.before).toContain('pay:1.3');
    expect(seen.after).toContain(`pay:1.4@${digest}`);
    expect(seen.before + seen.after).not.toContain('hunter2');
    expect(world.cluster.writes).toEqual([]);

    const answer = await run('deploy-image', input);
    expect(answer.status).toBe(202);
    expect(live()).toMatchObject({
      metadata: {
        annotations: {
          'kubernetes.io/change-cause': 'user:default/mock via Orrery: Because',
        },
      },
      spec: {
        template: {
          metadata: { labels: { app: 'payment', version: '1.4' } },
          spec: {
            containers: [
              {
                name: 'app',
                image: `registry.example/wealth/pay:1.4@${digest}`,
                env: [{ name: 'REGION', value: 'sh' }, expect.anything()],
              },
            ],
          },
        },
      },
    });
    expect(world.cluster.writes).toEqual([
      expect.objectContaining({
        verb: 'patch',
        plural: 'deployments',
        options: { fieldManager: 'orrery' },
      }),
    ]);
    expect(await ended(answer.body.id)).toMatchObject({
      state: 'succeeded',
      message: 'All 2 pods are ready',
    });
  });

  it('tell what fails while they follow, and when it is over', async () => {
    await start();
    const failing = (conditions: object[]) =>
      world.cluster.put(RESOURCE_TYPES.deployments, {
        ...live(),
        status: {
          observedGeneration: 99,
          replicas: 3,
          updatedReplicas: 1,
          readyReplicas: 2,
          availableReplicas: 2,
          conditions,
        },
      });
    failing([]);
    world.cluster.put(
      RESOURCE_TYPES.pods,
      pod('payment-hash3', 1, {
        status: {
          phase: 'Pending',
          containerStatuses: [
            {
              name: 'app',
              image: 'elsewhere.example/pay:2',
              state: {
                waiting: { reason: 'ImagePullBackOff', message: 'not found' },
              },
            },
          ],
        },
      }),
    );
    const answer = await run('deploy-image', {
      workload: WORKLOAD,
      image: 'elsewhere.example/pay:2',
    });
    const words =
      '1 of 2 pods cannot pull image elsewhere.example/pay:2: not found';
    while (world.rows.get(answer.body.id)?.message !== words) {
      await new Promise(resolve => {
        setTimeout(resolve, 5);
      });
    }
    failing([
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
      },
    ]);
    expect(await ended(answer.body.id)).toMatchObject({
      state: 'failed',
      message: `The rollout did not finish within 600 s: ${words}`,
    });
  });

  it.each([
    ['registry.example/wealth/pay:1.4', ['image-not-pinned']],
    ['registry.example/wealth/pay', ['image-latest']],
    ['elsewhere.example/pay:1', ['image-unknown', 'image-not-pinned']],
  ])('warn about %s', async (image, codes) => {
    registry = await startFakeRegistry();
    registry.push('1.4', '2026-11-20T10:00:00Z');
    registry.push('latest', '2026-11-20T10:00:00Z');
    await start({ registryUrl: registry.url });
    const { body } = await preview('deploy-image', {
      workload: WORKLOAD,
      image,
    });
    expect(body.warnings.map(({ code }: { code: string }) => code)).toEqual(
      codes,
    );
  });

  const image = 'elsewhere.example/pay:2';
  it.each<[string, object, number, RegExp]>([
    [
      'deploy-image',
      { image: 'NOT an image' },
      400,
      /^image: expected an image such as/,
    ],
    [
      'deploy-image',
      { image: 'registry.example/wealth/pay:9' },
      400,
      /^image: expected an image that its registry has \(registry.example does not have it\)/,
    ],
    [
      'deploy-image',
      { image, container: 'web' },
      400,
      /^container: expected one of app, got "web"/,
    ],
    [
      'deploy-image',
      { image, pinDigest: true },
      400,
      /^pinDigest: expected false while/,
    ],
    [
      'deploy-image',
      {
        image: 'registry.example/wealth/pay:1.3',
        workload: 'kepler/wealth/Job/x',
      },
      400,
      /^workload: expected a ref of a Deployment/,
    ],
    [
      'deploy-image',
      { image, workload: 'kepler/wealth/Deployment/none' },
      404,
      /"none" not found/,
    ],
    ['scale-workload', { replicas: -1 }, 400, /^replicas: /],
    ['scale-workload', { replicas: 1.5 }, 400, /^replicas: /],
    ['scale-workload', { replicas: 2 }, 400, /it is like that already/],
    [
      'set-resources',
      { requests: { cpu: '1 core' } },
      400,
      /^requests.cpu: expected a quantity/,
    ],
    [
      'set-resources',
      { requests: { cpu: '2' }, limits: { cpu: '500m' } },
      400,
      /^requests.cpu: expected at most its limit of 500m/,
    ],
    [
      'set-probes',
      { readiness: {} },
      400,
      /one of httpGet, tcpSocket, grpc and exec/,
    ],
    [
      'set-environment',
      { remove: ['NONE'] },
      400,
      /^remove: expected variables that are there \(REGION, DB_PASSWORD\)/,
    ],
    [
      'set-environment',
      { set: [{ name: '1A', value: '' }] },
      400,
      /^set.0.name: /,
    ],
    [
      'roll-back',
      { revision: 7 },
      400,
      /^revision: expected a revision that the cluster still has \(2, 1\)/,
    ],
    ['delete-pod', { pod: WORKLOAD }, 400, /^pod: expected a ref of a Pod/],
    ['run-cron-job-now', {}, 400, /^workload: expected a ref of a CronJob/],
  ])('refuse %s with %j', async (action, input, status, message) => {
    registry = await startFakeRegistry();
    registry.push('1.3', '2026-11-20T10:00:00Z');
    await start({ registryUrl: registry.url });
    const response = await preview(action, { workload: WORKLOAD, ...input });
    expect(response.body.error?.message).toMatch(message);
    expect(response.status).toBe(status);
    expect(world.cluster.writes).toEqual([]);
  });

  it('scale by the subresource, unless an autoscaler rules', async () => {
    await start();
    const answer = await run('scale-workload', {
      workload: WORKLOAD,
      replicas: 5,
    });
    expect(answer.status).toBe(202);
    expect(world.cluster.writes).toEqual([
      {
        verb: 'patch',
        plural: 'deployments',
        name: 'payment',
        options: { fieldManager: 'orrery', subresource: 'scale' },
        body: {
          metadata: { resourceVersion: expect.any(String) },
          spec: { replicas: 5 },
        },
      },
    ]);
    world.cluster.put(RESOURCE_TYPES.horizontalPodAutoscalers, {
      metadata: { name: 'pay-hpa', namespace: NAMESPACE },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'payment' } },
    });
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    const refused = await preview('scale-workload', {
      workload: WORKLOAD,
      replicas: 6,
    });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toMatch(
      /HorizontalPodAutoscaler pay-hpa rules how many pods it has/,
    );
  });

  it('change containers and nothing besides', async () => {
    await start();
    const before = structuredClone(live().spec);
    await run('set-resources', {
      workload: WORKLOAD,
      requests: { cpu: '100m', memory: '64Mi' },
    });
    await run('set-probes', {
      workload: WORKLOAD,
      readiness: { httpGet: { path: '/ready', port: 8080 } },
    });
    await run('set-environment', {
      workload: WORKLOAD,
      set: [{ name: 'MODE', value: 'fast' }],
      remove: ['REGION'],
    });
    expect(live().spec).toEqual({
      ...Object(before),
      template: {
        ...Reflect.get(Object(before), 'template'),
        spec: {
          containers: [
            {
              name: 'app',
              image: 'registry.example/wealth/pay:1.3',
              resources: { requests: { cpu: '100m', memory: '64Mi' } },
              readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
              env: [
                { name: 'DB_PASSWORD', value: 'hunter2' },
                { name: 'MODE', value: 'fast' },
              ],
            },
          ],
        },
      },
    });
  });

  it('restart, pause and resume', async () => {
    await start();
    await run('restart-workload', { workload: WORKLOAD });
    expect(JSON.stringify(live().spec)).toContain(
      'kubectl.kubernetes.io/restartedAt',
    );
    const paused = await run('pause-workload', { workload: WORKLOAD });
    expect(Reflect.get(Object(live().spec), 'paused')).toBe(true);
    expect(await ended(paused.body.id)).toMatchObject({
      state: 'succeeded',
      message: 'Paused',
    });
    await run('resume-workload', { workload: WORKLOAD });
    expect(Reflect.get(Object(live().spec), 'paused')).toBe(false);
  });

  it('roll back to the template of a revision', async () => {
    await start();
    const input = { workload: WORKLOAD, revision: 1 };
    const { body } = await preview('roll-back', input);
    expect(body.summary).toBe(
      'Roll Deployment payment in wealth back to revision 1 (payment-hash1)',
    );
    expect((await run('roll-back', input)).status).toBe(202);
    expect(live()).toMatchObject({
      spec: {
        template: {
          metadata: { labels: { app: 'payment' } },
          spec: {
            containers: [{ image: 'registry.example/wealth/pay:1.2' }],
          },
        },
      },
    });
    expect(JSON.stringify(live().spec)).not.toContain('pod-template-hash');
  });

  it('roll StatefulSets back by their ControllerRevisions', async () => {
    await start();
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
          template: {
            $patch: 'replace',
            metadata: { labels: { app: 'db' } },
            spec: { containers: [{ name: 'app', image: 'db:1' }] },
          },
        },
      },
    });
    await run('roll-back', {
      workload: 'kepler/wealth/StatefulSet/db',
      revision: 1,
    });
    const after = world.cluster.peek(RESOURCE_TYPES.statefulSets, {
      namespace: NAMESPACE,
      name: 'db',
    });
    expect(Reflect.get(Object(after?.spec), 'template')).toEqual({
      metadata: { labels: { app: 'db' } },
      spec: { containers: [{ name: 'app', image: 'db:1' }] },
    });
  });

  it('delete a pod and see it gone', async () => {
    await start();
    const input = { pod: 'kepler/wealth/Pod/payment-hash2-1' };
    const { body } = await preview('delete-pod', input);
    expect(body.summary).toBe(
      'Delete pod payment-hash2-1 in wealth: ReplicaSet payment-hash2 makes another',
    );
    const answer = await run('delete-pod', input);
    expect(await ended(answer.body.id)).toMatchObject({
      state: 'succeeded',
      message: 'The pod is gone',
    });
  });

  it('run a CronJob now and follow its Job', async () => {
    await start();
    world.cluster.put(RESOURCE_TYPES.cronJobs, {
      metadata: { name: 'report', namespace: NAMESPACE },
      spec: {
        schedule: '0 * * * *',
        concurrencyPolicy: 'Forbid',
        jobTemplate: { spec: { template: { spec: { containers: [] } } } },
      },
      status: { active: [{}] },
    });
    const input = { workload: 'kepler/wealth/CronJob/report' };
    const { body } = await preview('run-cron-job-now', input);
    expect(body.warnings).toEqual([
      expect.objectContaining({ code: 'concurrent-run' }),
    ]);
    const answer = await run('run-cron-job-now', input);
    const [write] = world.cluster.writes;
    expect(write).toMatchObject({
      verb: 'create',
      plural: 'jobs',
      name: expect.stringMatching(/^report-manual-/),
      body: {
        metadata: {
          ownerReferences: [{ kind: 'CronJob', name: 'report' }],
          annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
        },
      },
    });
    const job = { namespace: NAMESPACE, name: write.name };
    world.cluster.put(RESOURCE_TYPES.jobs, {
      metadata: job,
      status: { conditions: [{ type: 'Complete', status: 'True' }] },
    });
    expect(await ended(answer.body.id)).toMatchObject({
      state: 'succeeded',
      message: 'Finished',
    });
  });

  it('warn of who takes changes back, and refuse what Flagger makes', async () => {
    await start();
    world.cluster.put(RESOURCE_TYPES.deployments, {
      ...deployment('payment', {
        metadata: {
          annotations: {
            'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:w/payment',
          },
        },
      }),
    });
    world.cluster.put(RESOURCE_TYPES.deployments, deployment('web-primary'));
    world.cluster.put(RESOURCE_TYPES.canaries, {
      metadata: { name: 'web', namespace: NAMESPACE },
      spec: { targetRef: { kind: 'Deployment', name: 'web' } },
    });
    world.cluster.put(RESOURCE_TYPES.rollouts, {
      metadata: { name: 'shop', namespace: NAMESPACE },
      spec: { workloadRef: { kind: 'Deployment', name: 'shop' } },
    });
    const input = { workload: WORKLOAD, image };
    const { body } = await preview('deploy-image', input);
    expect(body.warnings.slice(0, 2)).toEqual([
      expect.objectContaining({
        code: 'managed-by-argocd',
        message: expect.stringMatching(/^Argo CD \(shop\) keeps it/),
      }),
      expect.objectContaining({
        code: 'git-patch',
        message: expect.stringContaining(`image: ${image}`),
      }),
    ]);
    for (const [workload, message] of [
      ['kepler/wealth/Deployment/web-primary', /target of Canary web instead/],
      ['kepler/wealth/Rollout/shop', /takes its from Deployment shop/],
    ] as const) {
      const refused = await preview('restart-workload', { workload });
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toMatch(message);
    }
  });

  it('work on Rollouts by patches that custom resources take', async () => {
    await start();
    world.cluster.put(RESOURCE_TYPES.rollouts, deployment('web'));
    world.cluster.put(
      RESOURCE_TYPES.replicaSets,
      replicaSet('web', 1, 'web:1', { kind: 'Rollout' }),
    );
    await run('deploy-image', {
      workload: 'kepler/wealth/Rollout/web',
      image: 'web:2',
    });
    await run('restart-workload', { workload: 'kepler/wealth/Rollout/web' });
    const after = world.cluster.peek(RESOURCE_TYPES.rollouts, {
      namespace: NAMESPACE,
      name: 'web',
    });
    expect(after?.spec).toMatchObject({
      restartAt: expect.any(String),
      template: { spec: { containers: [{ image: 'web:2' }] } },
    });
  });

  it('ask for the name where a slip is costly, and for what was seen', async () => {
    await start({ isProtected: true });
    const input = { workload: WORKLOAD, replicas: 3 };
    expect((await preview('scale-workload', input)).body).toMatchObject({
      typedConfirmation: 'payment',
    });
    expect((await run('scale-workload', input)).status).toBe(400);
    const stale = await run('scale-workload', input, {
      typedConfirmation: 'payment',
      resourceVersion: '1',
    });
    expect(stale.status).toBe(409);
    const typed = await run('scale-workload', input, {
      typedConfirmation: 'payment',
    });
    expect(typed.status).toBe(202);
  });

  it('are refused to those who may not', async () => {
    await start({ denied: true });
    const refused = await preview('scale-workload', {
      workload: WORKLOAD,
      replicas: 3,
    });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toMatch(/delivery.workload.scale/);
  });
});
