import { actionPreviewSchema } from '@orrery/backstage-plugin-orrery-common';
import request from 'supertest';
import { startOrrery } from './__testUtils__/startOrrery';

const WORKLOAD = 'kepler/wealth/Deployment/order';

describe('the action restart-workload', () => {
  let orrery: Awaited<ReturnType<typeof startOrrery>>;

  afterEach(async () => {
    await orrery.stop();
  });

  const get = (path: string) =>
    request(orrery.server).get(`/api/orrery${path}`);
  const post = (path: string, body: object) =>
    request(orrery.server).post(`/api/orrery${path}`).send(body);
  function run(overrides: object = {}) {
    return post('/actions/restart-workload/run', {
      input: { workload: WORKLOAD },
      reason: 'It leaks',
      resourceVersion: '41',
      idempotencyKey: 'first-press',
      ...overrides,
    });
  }

  it('previews a restart by a dry run and shows what changes', async () => {
    orrery = await startOrrery({ guarded: true });
    const { body } = await post('/actions/restart-workload/preview', {
      input: { workload: WORKLOAD },
    });
    const preview = actionPreviewSchema.parse(body);
    expect(preview).toMatchObject({
      target: WORKLOAD,
      resourceVersion: '41',
      typedConfirmation: 'order',
      blastRadius: {
        pods: 1,
        sentences: [expect.stringMatching(/one pod only/)],
      },
    });
    expect(preview.summary).toBe(
      'Restart Deployment order in wealth: replaces 1 pod by new ones of the same version',
    );
    expect(preview.before).not.toContain('restartedAt');
    expect(preview.after).toContain('kubectl.kubernetes.io/restartedAt');
    expect(orrery.cluster.patches.map(({ options }) => options)).toEqual([
      { dryRun: true, fieldManager: 'orrery' },
    ]);
    const slip = await run({ typedConfirmation: 'ordre' });
    expect(slip.status).toBe(400);
    expect(slip.body.error.message).toBe('typedConfirmation: expected "order"');
    expect((await run({ typedConfirmation: 'order' })).status).toBe(202);
  });

  it('restarts once, follows it to the end and remembers who and why', async () => {
    orrery = await startOrrery();
    const { status, body } = await run();
    expect(status).toBe(202);
    expect(body).toMatchObject({
      actor: 'user:default/mock',
      target: WORKLOAD,
      reason: 'It leaks',
      message: 'Deployment order accepted the restart',
    });
    expect((await run()).body.id).toBe(body.id);
    const written = orrery.cluster.patches.filter(
      ({ options }) => !options?.dryRun,
    );
    expect(written).toEqual([
      {
        patch: {
          type: 'strategic',
          patch: expect.objectContaining({
            metadata: { resourceVersion: '41' },
          }),
        },
        options: { fieldManager: 'orrery' },
      },
    ]);
    expect((await get(`/activity/${body.id}`)).body).toMatchObject({
      state: 'succeeded',
      message: 'The pod runs anew',
    });
    const list = await get(`/activity?target=${WORKLOAD}`);
    expect(list.body.items).toHaveLength(1);
    const stale = await run({ idempotencyKey: 'second-press' });
    expect(stale.status).toBe(409);
    expect(stale.body.error.message).toMatch(/preview it again/);
  });

  it.each([
    [
      { input: { workload: 'order' } },
      400,
      /^workload: expected cluster\/namespace/,
    ],
    [
      { input: { workload: 'kepler/wealth/Pod/order' } },
      400,
      /^workload: expected a ref of a Deployment/,
    ],
    [
      { input: { workload: 'brahe/wealth/Deployment/order' } },
      400,
      /^workload: expected a cluster that is configured \(kepler, tycho\)/,
    ],
    [
      { input: { workload: 'kepler/wealth/Deployment/x' } },
      404,
      /deployments.apps "x" not found/,
    ],
    [{ input: {} }, 400, /^workload: expected string/],
    [{ reason: ' ' }, 400, /^reason: /],
    [{ resourceVersion: undefined }, 400, /^resourceVersion: expected string/],
    [{ idempotencyKey: 'x' }, 400, /^idempotencyKey: /],
    [{ resourceVersion: '40' }, 409, /resourceVersion 40, now 41/],
  ])('refuses a restart with %j', async (overrides, status, message) => {
    orrery = await startOrrery();
    const response = await run(overrides);
    expect(response.body.error?.message).toMatch(message);
    expect(response.status).toBe(status);
    expect(
      orrery.cluster.patches.filter(({ options }) => !options?.dryRun),
    ).toEqual([]);
    expect((await get('/activity')).body.items).toEqual([]);
  });

  it('refuses every run while read-only, and still previews', async () => {
    orrery = await startOrrery({ readOnly: true });
    const refused = await run();
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toMatch(/orrery.readOnly is true/);
    const preview = await post('/actions/restart-workload/preview', {
      input: { workload: WORKLOAD },
    });
    expect(preview.status).toBe(200);
  });
});
