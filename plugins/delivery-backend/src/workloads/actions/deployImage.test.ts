import { actionPreviewSchema } from '@orrery/backstage-plugin-orrery-common';
import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import { driveActions, WORKLOAD } from '../../__testUtils__/driveActions';
import { pod } from '../../__testUtils__/sampleObjects';

describe('actions that deploy images', () => {
  const { world, start, stop, preview, run, live, ended } = driveActions();

  afterEach(stop);

  it('deploy an image that the registry has, pinned, and follow it', async () => {
    const [digest] = await start({ tags: ['1.4'] });
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
    expect(world().cluster.writes).toEqual([]);

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
    expect(world().cluster.writes).toEqual([
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
      world().cluster.put(RESOURCE_TYPES.deployments, {
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
    world().cluster.put(
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
    while (world().rows.get(answer.body.id)?.message !== words) {
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
    await start({ tags: ['1.4', 'latest'] });
    const { body } = await preview('deploy-image', {
      workload: WORKLOAD,
      image,
    });
    expect(body.warnings.map(({ code }: { code: string }) => code)).toEqual(
      codes,
    );
  });
});
