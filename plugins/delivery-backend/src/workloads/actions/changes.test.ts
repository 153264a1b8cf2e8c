import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import { driveActions, WORKLOAD } from '../../__testUtils__/driveActions';
import {
  deployment,
  NAMESPACE,
  replicaSet,
} from '../../__testUtils__/sampleObjects';

describe('actions on workloads', () => {
  const { world, start, stop, preview, run, live, ended } = driveActions();

  afterEach(stop);

  it('scale by the subresource, unless an autoscaler rules', async () => {
    await start();
    const answer = await run('scale-workload', {
      workload: WORKLOAD,
      replicas: 5,
    });
    expect(answer.status).toBe(202);
    expect(world().cluster.writes).toEqual([
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
    world().cluster.put(RESOURCE_TYPES.horizontalPodAutoscalers, {
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
    world().cluster.put(RESOURCE_TYPES.statefulSets, deployment('db'));
    world().cluster.put(RESOURCE_TYPES.controllerRevisions, {
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
    const after = world().cluster.peek(RESOURCE_TYPES.statefulSets, {
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
    world().cluster.put(RESOURCE_TYPES.cronJobs, {
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
    const [write] = world().cluster.writes;
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
    world().cluster.put(RESOURCE_TYPES.jobs, {
      metadata: job,
      status: { conditions: [{ type: 'Complete', status: 'True' }] },
    });
    expect(await ended(answer.body.id)).toMatchObject({
      state: 'succeeded',
      message: 'Finished',
    });
  });

  it('work on Rollouts by patches that custom resources take', async () => {
    await start();
    world().cluster.put(RESOURCE_TYPES.rollouts, deployment('web'));
    world().cluster.put(
      RESOURCE_TYPES.replicaSets,
      replicaSet('web', 1, 'web:1', { kind: 'Rollout' }),
    );
    await run('deploy-image', {
      workload: 'kepler/wealth/Rollout/web',
      image: 'web:2',
    });
    await run('restart-workload', { workload: 'kepler/wealth/Rollout/web' });
    const after = world().cluster.peek(RESOURCE_TYPES.rollouts, {
      namespace: NAMESPACE,
      name: 'web',
    });
    expect(after?.spec).toMatchObject({
      restartAt: expect.any(String),
      template: { spec: { containers: [{ image: 'web:2' }] } },
    });
  });
});
