import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { SECRET_MASK } from '@orrery/backstage-plugin-config-center-common';
import { SERVICE, startConfig } from './__testUtils__/startConfig';

type World = Awaited<ReturnType<typeof startConfig>>;

const q = (path: string, query: Record<string, string>) =>
  `${path}?${new URLSearchParams(query)}`;

describe('reading configuration', () => {
  let world: World;

  async function start(options?: Parameters<typeof startConfig>[0]) {
    world = await startConfig(options);
    const { consul } = world;
    consul.put('wealth.payment/timeouts/upstream', '2s');
    consul.put('wealth.payment/database/password', 'Plum-1-tide');
    consul.put('wealth.payment/limits.yaml', 'a: 1\na: 2\n');
    consul.put('wealth.payment/blob', Buffer.from([0xff, 0x00]));
    consul.put('loan.scoring/x', '1');
    consul.put('shared/x', '1');
  }
  afterEach(() => world.stop());

  it('lists services that have keys, as their names say', async () => {
    await start();
    const { body } = await world.get('/prefixes?cluster=kepler').expect(200);
    expect(body.prefixes).toEqual([
      {
        service: 'kepler/loan/service/scoring',
        namespace: 'loan',
        app: 'scoring',
        prefix: 'loan.scoring/',
      },
      {
        service: SERVICE,
        namespace: 'wealth',
        app: 'payment',
        prefix: 'wealth.payment/',
      },
    ]);
    expect(world.consul.tokens.every(token => token === 'a-token')).toBe(true);
    const unknown = await world.get('/prefixes?cluster=other').expect(400);
    expect(unknown.body.error.message).toContain('cluster: expected');
  });

  it('shows the tree with kinds and problems, and no secret', async () => {
    await start();
    const { body, text } = await world
      .get(q('/tree', { service: SERVICE }))
      .expect(200);
    expect(
      body.entries.map((entry: { key: string; kind: string }) => [
        entry.key,
        entry.kind,
      ]),
    ).toEqual([
      ['blob', 'binary'],
      ['database/password', 'text'],
      ['limits.yaml', 'yaml'],
      ['timeouts/upstream', 'text'],
    ]);
    expect(body.entries[1]).toMatchObject({
      hasSecret: true,
      excerpt: SECRET_MASK,
    });
    expect(body.entries[2].problems).toBe(1);
    expect(text).not.toContain('Plum');
  });

  it('shows a value masked, and reveals it with an audit event', async () => {
    await start();
    const query = { service: SERVICE, key: 'database/password' };
    const masked = await world.get(q('/value', query)).expect(200);
    expect(masked.body).toMatchObject({ text: SECRET_MASK, isMasked: true });
    const revealed = await world.post('/reveal', query).expect(200);
    expect(revealed.body).toMatchObject({
      text: 'Plum-1-tide',
      isMasked: false,
    });
    expect(world.events).toEqual([
      {
        eventId: 'reveal-secret',
        meta: { target: SERVICE, key: 'database/password' },
        outcome: 'success',
      },
    ]);
    await world.get(q('/value', { ...query, key: 'none' })).expect(404);
    await world.get(q('/value', { ...query, key: '../x' })).expect(400);
  });

  it('reveals nothing without the permission, and notes that one asked', async () => {
    await start({
      decide: name => ({
        result:
          name === 'config.secret.read'
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
    });
    const query = { service: SERVICE, key: 'database/password' };
    const { text } = await world.post('/reveal', query).expect(403);
    expect(text).toContain('config.secret.read');
    expect(text).not.toContain('Plum');
    expect(world.events[0].outcome).toBe('fail');
  });

  it('shows nothing to those who may not read', async () => {
    await start({ decide: () => ({ result: AuthorizeResult.DENY }) });
    for (const path of ['/tree', '/history', '/readers', '/stream']) {
      const { status } = await world.get(q(path, { service: SERVICE }));
      expect([path, status]).toEqual([path, 403]);
    }
    const { status } = await world.get('/prefixes?cluster=kepler');
    expect(status).toBe(403);
  });

  it('says whether a prefix is free', async () => {
    await start();
    const check = async (namespace: string, app: string) =>
      (await world.get(q('/prefixes/check', { namespace, app }))).body;
    expect(await check('wealth', 'payment')).toEqual({
      prefix: 'wealth.payment/',
      state: 'taken',
      keys: 4,
    });
    expect(await check('wealth', 'new')).toMatchObject({ state: 'free' });
    await world
      .get(q('/prefixes/check', { namespace: 'Wealth', app: 'x' }))
      .expect(400);
  });

  it('says what failed when Consul has no leader', async () => {
    await start();
    world.consul.isLeaderless = true;
    const { body } = await world
      .get(q('/tree', { service: SERVICE }))
      .expect(503);
    expect(body.error.message).toBe('Consul refused: No cluster leader');
  });

  it('tells who reads a prefix, and from what', async () => {
    await start();
    const deployment = (name: string, spec: object, labels = {}) => ({
      metadata: { name, namespace: 'wealth' },
      spec: { template: { metadata: { labels }, spec } },
    });
    world.cluster.objects.set('deployments', [
      deployment('payment', { containers: [] }, { app: 'payment' }),
      deployment('worker', {
        containers: [
          {
            name: 'w',
            env: [{ name: 'CONSUL_PREFIX', value: 'wealth.payment' }],
          },
        ],
      }),
      deployment('order', { containers: [{ name: 'o' }] }, { app: 'order' }),
    ]);
    const { body } = await world
      .get(q('/readers', { service: SERVICE }))
      .expect(200);
    expect(body.readers).toEqual([
      {
        ref: 'kepler/wealth/Deployment/worker',
        because:
          'the variable CONSUL_PREFIX of its container w names the prefix',
        isDeclared: true,
      },
      {
        ref: 'kepler/wealth/Deployment/payment',
        because: expect.stringContaining('named after'),
        isDeclared: false,
      },
    ]);
  });
});
