import { SERVICE, startConfig } from '../__testUtils__/startConfig';

type World = Awaited<ReturnType<typeof startConfig>>;

const ACCESSOR = 'accessor-1';
const TOKEN = 's3cret-1';
const ENCODED = Buffer.from(TOKEN).toString('base64');
const INPUT = { service: SERVICE };

describe('tokens of services', () => {
  let world: World;

  beforeEach(async () => {
    world = await startConfig();
  });
  afterEach(() => world.stop());

  const secrets = () => world.cluster.objects.get('secrets') ?? [];
  /** All that anybody can be shown afterwards. */
  const told = (...more: object[]) =>
    JSON.stringify([[...world.log.rows.values()], world.events, ...more]);

  it('are made once, kept in a Secret, and never told', async () => {
    const preview = await world.preview('create-token', INPUT).expect(200);
    expect(preview.body).toMatchObject({
      target: SERVICE,
      summary: 'Make a token of payment in the Secret payment-consul in wealth',
      before: '',
      blastRadius: {
        sentences: [
          'Whoever may read Secrets in wealth can read wealth.payment/.',
          'The ACL policy wealth_payment is made with it.',
        ],
      },
    });
    expect(world.consul.aclTokens.size).toBe(0);
    const run = await world.run('create-token', INPUT);
    expect(run.body.message).toBe(
      `The token ${ACCESSOR} of payment is in the Secret payment-consul`,
    );
    expect(await world.ended(run.body.id)).toMatchObject({
      state: 'succeeded',
      message: `The Secret payment-consul has the token ${ACCESSOR}`,
    });
    expect(world.consul.aclTokens.get(ACCESSOR)).toMatchObject({
      Description:
        'Made by Orrery: payment in wealth of kepler reads its configuration',
      Policies: [{ Name: 'wealth_payment' }],
    });
    expect(secrets()).toMatchObject([
      {
        metadata: {
          name: 'payment-consul',
          namespace: 'wealth',
          labels: { app: 'payment', 'app.kubernetes.io/managed-by': 'orrery' },
          annotations: { 'orrery.dev/consul-accessor': ACCESSOR },
        },
        data: { token: ENCODED },
      },
    ]);
    // Again, with the Secret lost: the same token.
    world.cluster.objects.delete('secrets');
    const again = await world.run('create-token', INPUT);
    expect(again.body.message).toContain(ACCESSOR);
    expect(world.consul.aclTokens.size).toBe(1);
    expect(secrets()).toMatchObject([{ data: { token: ENCODED } }]);
    const last = await world.preview('create-token', INPUT);
    const all = told(preview.body, run.body, again.body, last.body);
    expect(all).toContain(ACCESSOR);
    expect(all).not.toContain(TOKEN);
    expect(all).not.toContain(ENCODED);
  });

  it('that are new are deleted again where the Secret is refused', async () => {
    world.cluster.refusesApply = true;
    const run = await world.run('create-token', INPUT);
    expect(run.status).toBe(403);
    expect(run.body.error.message).toMatch(
      /^The Secret payment-consul was not written: .*"token":"…".* The new token accessor-1 is deleted again$/,
    );
    expect(world.consul.aclTokens.size).toBe(0);
    expect(told(run.body)).not.toMatch(new RegExp(`${TOKEN}|${ENCODED}`));
  });

  it('are taken away with their Secret, by themselves and with the prefix', async () => {
    await world.run('create-token', INPUT);
    const preview = await world.preview('delete-token', INPUT).expect(200);
    expect(preview.body.summary).toBe(
      'Delete the token of payment and the Secret payment-consul in wealth',
    );
    const gone = await world.run('delete-token', INPUT);
    expect(gone.body.message).toBe(
      `The token ${ACCESSOR} of payment is deleted`,
    );
    expect((await world.ended(gone.body.id)).state).toBe('succeeded');
    expect([world.consul.aclTokens.size, secrets()]).toEqual([0, []]);
    const none = await world.preview('delete-token', INPUT).expect(200);
    expect(none.body.summary).toBe('payment has no token that Orrery made');
    await world.run('create-token', INPUT);
    const prefix = await world.run('delete-prefix', INPUT, {
      typedConfirmation: 'wealth.payment/',
      idempotencyKey: 'delete-prefix-once',
    });
    expect(prefix.body.message).toBe(
      `payment has all of it already; the token ${ACCESSOR} and its Secret are gone; the policy wealth_payment is gone`,
    );
    expect([world.consul.aclTokens.size, secrets()]).toEqual([0, []]);
  });

  it('are told of without themselves, also where something is missing', async () => {
    const token = async () =>
      (await world.get(`/token?service=${SERVICE}`).expect(200)).body;
    expect(await token()).toEqual({ state: 'none', secret: 'payment-consul' });
    await world.run('create-token', INPUT);
    const known = { secret: 'payment-consul', accessor: ACCESSOR };
    expect(await token()).toEqual({ ...known, state: 'present' });
    const held = secrets();
    world.cluster.objects.delete('secrets');
    expect(await token()).toEqual({
      ...known,
      state: 'broken',
      reason: 'Consul has a token, but no Secret payment-consul holds it',
    });
    world.cluster.objects.set('secrets', held);
    world.consul.aclTokens.clear();
    expect(await token()).toMatchObject({ ...known, state: 'broken' });
    world.consul.isLeaderless = true;
    expect(await token()).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('No cluster leader'),
    });
  });

  it('are not put where somebody else has a Secret', async () => {
    world.cluster.objects.set('secrets', [
      { metadata: { name: 'payment-consul', labels: { app: 'payment' } } },
    ]);
    const { body } = await world.preview('create-token', INPUT).expect(400);
    expect(body.error.message).toMatch(
      /^service: expected a service whose Secret payment-consul in wealth is free/,
    );
    await world.run('delete-prefix', INPUT, {
      typedConfirmation: 'wealth.payment/',
    });
    expect(secrets()).toHaveLength(1);
  });

  it('never carry more than the prefix', async () => {
    await world.run('create-token', INPUT);
    const token = world.consul.aclTokens.get(ACCESSOR);
    token?.Policies.push({ ID: 'id-9', Name: 'global-management' });
    const more = await world.preview('create-token', INPUT).expect(400);
    expect(more.body.error.message).toContain('somebody gave accessor-1 more');
    token?.Policies.pop();
    Object.assign(world.consul.policies.get('wealth_payment') ?? {}, {
      Rules: 'key_prefix "" { policy = "write" }',
    });
    const wide = await world.preview('create-token', INPUT).expect(400);
    expect(wide.body.error.message).toContain(
      'somebody gave the one in Consul other rules',
    );
  });
});
