import { SECRET_MASK } from '@orrery/backstage-plugin-config-center-common';
import { SERVICE, startConfig } from './__testUtils__/startConfig';

type World = Awaited<ReturnType<typeof startConfig>>;

const KEY = 'timeouts/upstream';
const FULL = `wealth.payment/${KEY}`;

describe('writing configuration', () => {
  let world: World;

  beforeEach(async () => {
    world = await startConfig();
  });
  afterEach(() => world.stop());

  const history = async (key?: string) =>
    (
      await world.get(
        `/history?${new URLSearchParams({
          service: SERVICE,
          ...(key && { key }),
        })}`,
      )
    ).body.changes;

  it('writes with a preview, the reason, and a check of what was seen', async () => {
    const index = world.consul.put(FULL, '2s');
    await world.get(`/tree?service=${SERVICE}`);
    const input = {
      service: SERVICE,
      key: KEY,
      value: '3s',
      modifyIndex: index,
    };
    const preview = await world.preview('set-key', input).expect(200);
    expect(preview.body).toMatchObject({
      target: SERVICE,
      summary: 'Change timeouts/upstream of payment in wealth',
      before: '2s',
      after: '3s',
      resourceVersion: String(index),
      blastRadius: {
        sentences: ['No workload says that it reads this prefix.'],
      },
    });
    expect(world.consul.text(FULL)).toBe('2s');
    const run = await world.run('set-key', input);
    expect(run.status).toBe(202);
    expect(world.consul.text(FULL)).toBe('3s');
    expect(await world.ended(run.body.id)).toMatchObject({
      state: 'succeeded',
      message: 'Consul answers with what was written',
    });
    expect(await history(KEY)).toMatchObject([
      {
        change: 'set',
        by: 'orrery',
        actor: 'user:default/mock',
        reason: 'Because',
        before: '2s',
        after: '3s',
      },
      { change: 'seen', by: 'outside', after: '2s' },
    ]);
  });

  it('refuses what somebody else has changed since it was read', async () => {
    const seen = world.consul.put(FULL, '2s');
    const now = world.consul.put(FULL, '9s');
    const input = {
      service: SERVICE,
      key: KEY,
      value: '3s',
      modifyIndex: seen,
    };
    const { body } = await world.preview('set-key', input).expect(409);
    expect(body.error.message).toBe(
      `Somebody has changed timeouts/upstream since it was read (index ${seen}, now ${now}): look at their value`,
    );
    const created = { ...input, modifyIndex: 0 };
    expect((await world.preview('set-key', created)).status).toBe(409);
    world.consul.remove(FULL);
    const gone = await world.preview('set-key', input).expect(409);
    expect(gone.body.error.message).toContain('has deleted');
    expect(world.consul.text(FULL)).toBeUndefined();
  });

  it('lets Consul itself refuse what changes between check and write', async () => {
    const index = world.consul.put(FULL, '2s');
    world.consul.beforeTransaction = () => world.consul.put(FULL, '8s');
    const run = await world.run('set-key', {
      service: SERVICE,
      key: KEY,
      value: '3s',
      modifyIndex: index,
    });
    expect(run.status).toBe(409);
    expect(world.consul.text(FULL)).toBe('8s');
  });

  it.each([
    ['features.json', '{"a": 1,}', 'value: expected a value of features.json'],
    ['timeouts/idle', 'soon', 'Schema: must match pattern'],
    ['a', `x=${SECRET_MASK}`, 'still has a mask'],
    ['a', 'x'.repeat(512 * 1024 + 1), 'at most 512 KiB'],
    ['../a', 'x', 'a key below the prefix'],
  ])('refuses %s = %.12s', async (key, value, message) => {
    world.consul.put(
      'wealth.payment/_schema.json',
      '{"properties":{"timeouts/idle":{"pattern":"^[0-9]+s$"}}}',
    );
    const { body, status } = await world.preview('set-key', {
      service: SERVICE,
      key,
      value,
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain(message);
  });

  it('refuses a change that is none, and a service that is none', async () => {
    world.consul.put(FULL, '2s');
    const same = { service: SERVICE, key: KEY, value: '2s' };
    const { body } = await world.preview('set-key', same).expect(400);
    expect(body.error.message).toContain('it is like that already');
    await world
      .preview('set-key', { ...same, service: 'other/a/service/b' })
      .expect(400);
  });

  it('never tells secrets: not in previews, rows or history', async () => {
    world.consul.put('wealth.payment/database/password', 'Plum-1');
    await world.get(`/tree?service=${SERVICE}`);
    const input = {
      service: SERVICE,
      key: 'database/password',
      value: 'Cedar-2',
    };
    const preview = await world.preview('set-key', input).expect(200);
    expect(preview.body.before).toBe(SECRET_MASK);
    expect(preview.body.after).toBe(`${SECRET_MASK} (changed)`);
    const run = await world.run('set-key', input);
    expect(run.status).toBe(202);
    const rows = JSON.stringify([...world.log.rows.values()]);
    const changes = await history();
    expect(rows + JSON.stringify(changes)).not.toMatch(/Plum|Cedar/);
    expect(changes[0]).toMatchObject({ isMasked: true });
    // What is masked can be restored all the same.
    const back = await world.run('restore-key', {
      service: SERVICE,
      key: 'database/password',
      change: changes[1].id,
    });
    expect(back.status).toBe(202);
    expect(world.consul.text('wealth.payment/database/password')).toBe(
      'Plum-1',
    );
  });

  it('deletes, and restores from the history', async () => {
    const index = world.consul.put(FULL, '2s');
    await world.get(`/tree?service=${SERVICE}`);
    const run = await world.run('delete-key', {
      service: SERVICE,
      key: KEY,
      modifyIndex: index,
    });
    expect(run.status).toBe(202);
    expect(world.consul.text(FULL)).toBeUndefined();
    expect((await world.ended(run.body.id)).state).toBe('succeeded');
    const [deleted, seen] = await history(KEY);
    expect(deleted).toMatchObject({ change: 'deleted', before: '2s' });
    const restore = { service: SERVICE, key: KEY, change: seen.id };
    expect((await world.run('restore-key', restore)).status).toBe(202);
    expect(world.consul.text(FULL)).toBe('2s');
    expect((await history(KEY))[0]).toMatchObject({
      change: 'set',
      by: 'orrery',
      after: '2s',
    });
    const strange = { ...restore, key: 'other' };
    await world.preview('restore-key', strange).expect(404);
    await world.preview('delete-key', { ...restore, key: 'no' }).expect(404);
  });

  it('renames, and never onto another key', async () => {
    const index = world.consul.put(FULL, '2s');
    world.consul.put('wealth.payment/taken', '1');
    const input = { service: SERVICE, key: KEY, modifyIndex: index };
    const onto = await world.preview('move-key', { ...input, to: 'taken' });
    expect([onto.status, onto.body.error.message]).toEqual([
      400,
      'to: expected a name that no key has, got "taken"',
    ]);
    const run = await world.run('move-key', { ...input, to: 'timeouts/bank' });
    expect(run.status).toBe(202);
    expect(world.consul.text('wealth.payment/timeouts/bank')).toBe('2s');
    expect(world.consul.text(FULL)).toBeUndefined();
    expect((await world.ended(run.body.id)).state).toBe('succeeded');
    expect(
      (await history()).map(
        ({ key, change }: Record<string, string>) => `${change} ${key}`,
      ),
    ).toEqual(
      expect.arrayContaining([
        'set timeouts/bank',
        'deleted timeouts/upstream',
      ]),
    );
  });

  it('copies keys all or nothing', async () => {
    const index = world.consul.put(FULL, '2s');
    const input = {
      service: SERVICE,
      from: 'kepler/wealth-test/service/payment',
      keys: [
        { key: KEY, value: '5s', modifyIndex: index },
        { key: 'new', value: '1', modifyIndex: 0 },
      ],
    };
    const preview = await world.preview('copy-keys', input).expect(200);
    expect(preview.body.after).toBe(`# ${KEY}\n5s\n\n# new\n1\n\n`);
    expect((await world.run('copy-keys', input)).status).toBe(202);
    expect(world.consul.text('wealth.payment/new')).toBe('1');
    const stale = { ...input.keys[0], value: '6s' };
    const again = await world.preview('copy-keys', {
      ...input,
      keys: [{ key: 'third', value: '1' }, stale],
    });
    expect(again.status).toBe(409);
    expect(world.consul.text('wealth.payment/third')).toBeUndefined();
  });

  it('creates a prefix once, with a policy, and deletes it again', async () => {
    const service = 'kepler/wealth/service/new';
    const input = {
      service,
      keys: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
      policy: true,
    };
    const first = await world.run('create-prefix', input);
    expect(first.body.message).toBe(
      'Consul wrote 2 keys of new; the policy wealth_new was made',
    );
    expect(world.consul.policies.get('wealth_new')).toMatchObject({
      Rules: 'key_prefix "wealth.new/" {\n  policy = "read"\n}\n',
    });
    world.consul.put('wealth.new/a', 'mine');
    const second = await world.run('create-prefix', input);
    expect(second.body.message).toBe(
      'new has all of it already; the policy wealth_new was there',
    );
    expect(world.consul.text('wealth.new/a')).toBe('mine');
    const preview = await world.preview('delete-prefix', { service });
    expect(preview.body.typedConfirmation).toBe('wealth.new/');
    expect((await world.run('delete-prefix', { service })).status).toBe(400);
    const gone = await world.run(
      'delete-prefix',
      { service },
      { typedConfirmation: 'wealth.new/' },
    );
    expect(gone.body.message).toBe(
      'Consul deleted 2 keys of new; the policy wealth_new is gone',
    );
    expect(world.consul.text('wealth.new/a')).toBeUndefined();
  });

  it('changes ConfigMaps and restarts who uses them', async () => {
    world.cluster.objects.set('configmaps', [
      {
        metadata: {
          name: 'payment',
          namespace: 'wealth',
          resourceVersion: '4',
        },
        data: { 'a.json': '{}', password: 'Plum-1' },
      },
    ]);
    world.cluster.objects.set('deployments', [
      {
        metadata: { name: 'payment-v1', namespace: 'wealth' },
        spec: {
          template: {
            metadata: { labels: { app: 'payment' } },
            spec: {
              containers: [
                { name: 'p', envFrom: [{ configMapRef: { name: 'payment' } }] },
              ],
            },
          },
        },
      },
    ]);
    const maps = await world.get(`/config-maps?service=${SERVICE}`).expect(200);
    expect(maps.body.configMaps).toMatchObject([
      {
        ref: 'kepler/wealth/ConfigMap/payment',
        entries: [{ key: 'a.json' }, { key: 'password', text: SECRET_MASK }],
        usedBy: [
          {
            ref: 'kepler/wealth/Deployment/payment-v1',
            as: 'all variables of p',
          },
        ],
      },
    ]);
    const input = {
      configMap: 'kepler/wealth/ConfigMap/payment',
      key: 'a.json',
      value: '{"b": 1}',
      resourceVersion: '4',
    };
    const preview = await world.preview('set-config-map-key', input);
    expect(preview.body.blastRadius.sentences).toEqual([
      'Used by Deployment payment-v1 (all variables of p).',
      'Restarts Deployment payment-v1: pods are replaced one by one.',
    ]);
    const run = await world.run('set-config-map-key', input);
    expect(run.body.message).toBe(
      'ConfigMap payment accepted a.json; Deployment payment-v1 restart',
    );
    expect(world.cluster.patches.map(({ plural }) => plural)).toEqual([
      'configmaps',
      'deployments',
    ]);
    const stale = await world.preview('delete-config-map-key', {
      ...input,
      restart: false,
    });
    expect(stale.status).toBe(409);
    const removed = await world.run('delete-config-map-key', {
      configMap: input.configMap,
      key: 'a.json',
      restart: false,
    });
    expect(removed.body.message).toBe('ConfigMap payment accepted a.json');
    expect(world.cluster.patches).toHaveLength(3);
  });
});
