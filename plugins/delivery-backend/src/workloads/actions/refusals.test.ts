import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import { driveActions, WORKLOAD } from '../../__testUtils__/driveActions';
import { deployment, NAMESPACE } from '../../__testUtils__/sampleObjects';

describe('actions on workloads, refused', () => {
  const { world, start, stop, preview, run } = driveActions();

  afterEach(stop);

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
    await start({ tags: ['1.3'] });
    const response = await preview(action, { workload: WORKLOAD, ...input });
    expect(response.body.error?.message).toMatch(message);
    expect(response.status).toBe(status);
    expect(world().cluster.writes).toEqual([]);
  });

  it('warn of who takes changes back, and refuse what Flagger makes', async () => {
    await start();
    world().cluster.put(RESOURCE_TYPES.deployments, {
      ...deployment('payment', {
        metadata: {
          annotations: {
            'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:w/payment',
          },
        },
      }),
    });
    world().cluster.put(RESOURCE_TYPES.deployments, deployment('web-primary'));
    world().cluster.put(RESOURCE_TYPES.canaries, {
      metadata: { name: 'web', namespace: NAMESPACE },
      spec: { targetRef: { kind: 'Deployment', name: 'web' } },
    });
    world().cluster.put(RESOURCE_TYPES.rollouts, {
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
