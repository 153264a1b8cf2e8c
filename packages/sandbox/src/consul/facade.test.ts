import { ManualClock } from '../clock';
import { Effects } from '../simulator';
import { serveFacade, type Served } from '../testing/serveFacade';
import { defaultWorld } from '../world/default';
import { CONSUL_TOKEN, createConsul } from './facade';

describe('the API of Consul', () => {
  const effects = new Effects();
  const clock = new ManualClock(Date.UTC(2026, 10, 26));
  let served: Served;

  beforeAll(async () => {
    served = await serveFacade(
      createConsul({
        world: defaultWorld,
        clock,
        effects,
        seed: 1,
        random: () => 0,
      }),
    );
  });
  afterAll(() => served.close());
  afterEach(() => {
    effects.consul = 'answering';
  });

  const call = (
    path: string,
    method = 'GET',
    body?: string,
    token = CONSUL_TOKEN,
  ) =>
    fetch(`${served.url}/v1${path}`, {
      method,
      headers: token ? { 'X-Consul-Token': token } : {},
      ...(body === undefined ? {} : { body }),
    });
  const text = async (...args: Parameters<typeof call>) =>
    (await call(...args)).text();
  const json = async (...args: Parameters<typeof call>) =>
    (await call(...args)).json();
  const put = (key: string, value: string, query = '') =>
    text(`/kv/${key}${query}`, 'PUT', value);
  const entry = async (key: string) => (await json(`/kv/${key}`))[0];

  it('keeps values, their flags and their indices', async () => {
    expect(await put('t/one', 'hello', '?flags=7')).toBe('true');
    const response = await call('/kv/t/one');
    const [found] = await response.json();
    expect(found).toMatchObject({
      Key: 't/one',
      Flags: 7,
      Value: Buffer.from('hello').toString('base64'),
      LockIndex: 0,
    });
    expect(found.CreateIndex).toBe(found.ModifyIndex);
    expect(response.headers.get('x-consul-index')).toBe(
      String(found.ModifyIndex),
    );
    expect(await text('/kv/t/one?raw')).toBe('hello');
    await put('t/one', 'hello', '?flags=7');
    // What does not change anything takes no place in history.
    expect((await entry('t/one')).ModifyIndex).toBe(found.ModifyIndex);
    await put('t/one', 'other');
    const after = await entry('t/one');
    expect(after.ModifyIndex).toBeGreaterThan(found.ModifyIndex);
    expect(after.CreateIndex).toBe(found.CreateIndex);
    await put('t/empty', '');
    expect((await entry('t/empty')).Value).toBeNull();
  });

  it('says 404 with an empty body for what is not there', async () => {
    const response = await call('/kv/nothing/here');
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
    expect(Number(response.headers.get('x-consul-index'))).toBeGreaterThan(0);
    expect((await call('/kv/nothing/?recurse')).status).toBe(404);
    expect((await call('/kv/')).status).toBe(400);
  });

  it('lists keys up to a separator', async () => {
    await put('list/a', '1');
    await put('list/b/c', '1');
    await put('list/b/d', '1');
    expect(await json('/kv/list/?keys&separator=/')).toEqual([
      'list/a',
      'list/b/',
    ]);
    expect(await json('/kv/list/?keys')).toHaveLength(3);
    expect(await json('/kv/list/?recurse')).toHaveLength(3);
  });

  it('writes and deletes only on the index that was seen', async () => {
    expect(await put('cas/a', '1', '?cas=0')).toBe('true');
    expect(await put('cas/a', '2', '?cas=0')).toBe('false');
    const { ModifyIndex } = await entry('cas/a');
    expect(await put('cas/a', '2', `?cas=${ModifyIndex}`)).toBe('true');
    expect(await text(`/kv/cas/a?cas=${ModifyIndex}`, 'DELETE')).toBe('false');
    const now = await entry('cas/a');
    expect(await text(`/kv/cas/a?cas=${now.ModifyIndex}`, 'DELETE')).toBe(
      'true',
    );
    expect((await call('/kv/cas/a')).status).toBe(404);
    expect((await call('/kv/cas/a?cas=1&acquire=x', 'PUT', '')).status).toBe(
      400,
    );
  });

  it('takes 512 KiB and no more', async () => {
    const limit = 512 * 1024;
    expect(await put('big', 'x'.repeat(limit))).toBe('true');
    const response = await call('/kv/big', 'PUT', 'x'.repeat(limit + 1));
    expect(response.status).toBe(413);
    expect(await response.text()).toContain('max size: 524288 bytes');
  });

  describe('a blocking query', () => {
    it('answers when something below its prefix changes, and not before', async () => {
      await put('watch/a', '1');
      const first = await call('/kv/watch/?recurse');
      const index = first.headers.get('x-consul-index');
      await first.text();
      let answered = false;
      const waiting = call(`/kv/watch/?recurse&index=${index}&wait=20s`).then(
        response => {
          answered = true;
          return response;
        },
      );
      await put('elsewhere', String(Math.random()));
      expect(answered).toBe(false);
      await text('/kv/watch/a', 'DELETE');
      const response = await waiting;
      // Everything is gone, which is a change as well.
      expect(response.status).toBe(404);
      expect(Number(response.headers.get('x-consul-index'))).toBeGreaterThan(
        Number(index),
      );
    });

    it('answers with the same index when time is up', async () => {
      await put('quiet/a', '1');
      const { ModifyIndex } = await entry('quiet/a');
      const response = await call(`/kv/quiet/a?index=${ModifyIndex}&wait=10ms`);
      expect(response.headers.get('x-consul-index')).toBe(String(ModifyIndex));
      expect((await call('/kv/quiet/a?index=x')).status).toBe(400);
      expect((await call('/kv/quiet/a?index=1&wait=soon')).status).toBe(400);
    });

    it('ends when the leader goes', async () => {
      await put('lost/a', '1');
      const { ModifyIndex } = await entry('lost/a');
      const waiting = call(`/kv/lost/a?index=${ModifyIndex}&wait=60s`);
      effects.consul = 'leaderless';
      const response = await waiting;
      expect(response.status).toBe(500);
      expect(await response.text()).toBe('No cluster leader');
    });
  });

  describe('a transaction', () => {
    const operation = (kv: Record<string, unknown>) => ({
      KV: {
        ...kv,
        ...(typeof kv.Value === 'string'
          ? { Value: Buffer.from(kv.Value).toString('base64') }
          : {}),
      },
    });
    const transact = (...kvs: Record<string, unknown>[]) =>
      call('/txn', 'PUT', JSON.stringify(kvs.map(operation)));

    it('does all of it under one index', async () => {
      await put('txn/tree/x', '1');
      const response = await transact(
        { Verb: 'check-not-exists', Key: 'txn/a' },
        { Verb: 'cas', Key: 'txn/a', Value: '1', Index: 0 },
        { Verb: 'set', Key: 'txn/b', Value: '2' },
        { Verb: 'delete-tree', Key: 'txn/tree/' },
        { Verb: 'get-tree', Key: 'txn/' },
      );
      expect(response.status).toBe(200);
      const { Results, Errors } = await response.json();
      expect(Errors).toBeNull();
      expect(Results).toHaveLength(4);
      expect(Results[0].KV.Value).toBeNull();
      expect(Results[2].KV.Value).toBe(Buffer.from('1').toString('base64'));
      expect(Results[0].KV.ModifyIndex).toBe(Results[1].KV.ModifyIndex);
    });

    it('does nothing when one of its parts fails', async () => {
      await put('back/a', '1');
      const before = await entry('back/a');
      const response = await transact(
        { Verb: 'set', Key: 'back/a', Value: 'changed' },
        { Verb: 'delete', Key: 'back/b' },
        { Verb: 'cas', Key: 'back/a', Value: 'again', Index: 3 },
      );
      expect(response.status).toBe(409);
      expect(await response.json()).toEqual({
        Results: null,
        Errors: [
          { OpIndex: 2, What: 'failed to set key "back/a", index is stale' },
        ],
      });
      expect(await entry('back/a')).toEqual(before);
    });

    it.each([
      [{ Verb: 'get', Key: 'none' }, `key "none" doesn't exist`],
      [{ Verb: 'check-not-exists', Key: 'back/a' }, 'key "back/a" exists'],
      [
        { Verb: 'delete-cas', Key: 'back/a', Index: 1 },
        'failed to delete key "back/a", index is stale',
      ],
      [
        { Verb: 'check-index', Key: 'none', Index: 1 },
        `failed to check index, key "none" doesn't exist`,
      ],
    ])('refuses %j', async (kv, what) => {
      const response = await transact(kv);
      expect(response.status).toBe(409);
      expect((await response.json()).Errors).toEqual([
        { OpIndex: 0, What: what },
      ]);
    });
  });

  it('locks keys for sessions and gives them back', async () => {
    const create = async (session: Record<string, unknown>) =>
      (await json('/session/create', 'PUT', JSON.stringify(session))).ID;
    const one = await create({ Name: 'one', Behavior: 'delete' });
    const other = await create({ TTL: '15s', LockDelay: '5s' });
    expect(await put('lock', 'a', `?acquire=${one}`)).toBe('true');
    expect(await put('lock', 'b', `?acquire=${other}`)).toBe('false');
    expect(await entry('lock')).toMatchObject({ Session: one, LockIndex: 1 });
    expect(await put('lock', 'a', `?release=${other}`)).toBe('false');
    expect(await text(`/session/destroy/${one}`, 'PUT')).toBe('true');
    expect((await call('/kv/lock')).status).toBe(404);
    // The lock's delay is not over.
    expect(await put('lock', 'b', `?acquire=${other}`)).toBe('false');
    clock.advance(16_000);
    expect(await put('lock', 'b', `?acquire=${other}`)).toBe('true');
    expect(await put('lock', 'c', `?release=${other}`)).toBe('true');
    expect((await entry('lock')).Session).toBeUndefined();
    expect(await json(`/session/renew/${other}`, 'PUT')).toHaveLength(1);
    expect(await json(`/session/info/${one}`)).toEqual([]);
    expect((await call(`/session/renew/${one}`, 'PUT')).status).toBe(404);
    expect((await call('/session/create', 'PUT', '{"TTL":"1s"}')).status).toBe(
      500,
    );
    expect((await call('/kv/lock?acquire=x', 'PUT', '')).status).toBe(500);
  });

  describe('access', () => {
    const tokenFor = async (name: string, rules: string) => {
      await json(
        '/acl/policy',
        'PUT',
        JSON.stringify({ Name: name, Rules: rules }),
      );
      const { SecretID } = await json(
        '/acl/token',
        'PUT',
        JSON.stringify({ Policies: [{ Name: name }] }),
      );
      return SecretID as string;
    };

    it('tells unknown tokens from those that may not', async () => {
      const unknown = await call('/kv/a', 'GET', undefined, 'nobody');
      expect(unknown.status).toBe(403);
      expect(await unknown.text()).toBe('ACL not found');
      const anonymous = await call('/kv/a', 'GET', undefined, '');
      expect(anonymous.status).toBe(403);
      expect(await anonymous.text()).toBe(
        `Permission denied: token with AccessorID '00000000-0000-0000-0000-000000000002' lacks permission 'key:read' on "a"`,
      );
    });

    it('lets the longest prefix decide, and an exact name before it', async () => {
      await put('acl/open', '1');
      await put('acl/closed/a', '1');
      const secret = await tokenFor(
        'longest',
        `# a comment
         key_prefix "acl/" { policy = "write" }
         key_prefix "acl/closed/" { policy = "deny" }
         key "acl/fixed" { policy = "read" }`,
      );
      const status = async (path: string, method: string) =>
        (await call(path, method, method === 'PUT' ? 'x' : undefined, secret))
          .status;
      expect(await status('/kv/acl/open', 'PUT')).toBe(200);
      expect(await status('/kv/acl/closed/a', 'GET')).toBe(403);
      expect(await status('/kv/acl/fixed', 'PUT')).toBe(403);
      expect(await status('/kv/acl/?recurse', 'DELETE')).toBe(403);
      const seen = await json('/kv/?keys', 'GET', undefined, secret);
      expect(seen).toEqual(['acl/open']);
      const denied = await call(
        '/txn',
        'PUT',
        JSON.stringify([{ KV: { Verb: 'set', Key: 'acl/fixed', Value: '' } }]),
        secret,
      );
      expect(denied.status).toBe(409);
      expect((await denied.json()).Errors[0].What).toContain(
        'Permission denied',
      );
      expect(
        (await json('/acl/token/self', 'GET', undefined, secret)).Policies,
      ).toEqual([{ ID: expect.any(String), Name: 'longest' }]);
      expect(
        (await call('/acl/policies', 'GET', undefined, secret)).status,
      ).toBe(403);
    });

    it('reads rules in JSON and refuses others', async () => {
      const secret = await tokenFor(
        'as-json',
        '{"key_prefix":{"acl/":{"policy":"read"}}}',
      );
      expect(
        (await call('/kv/acl/open', 'GET', undefined, secret)).status,
      ).toBe(200);
      for (const Rules of ['key_prefix "a" {', 'nonsense', '{"key":1}']) {
        const response = await call(
          '/acl/policy',
          'PUT',
          JSON.stringify({ Name: 'bad', Rules }),
        );
        expect(response.status).toBe(500);
        expect(await response.text()).toContain('Failed to parse ACL rules');
      }
      const dots = await call('/acl/policy', 'PUT', '{"Name":"a.b"}');
      expect(dots.status).toBe(500);
      const { ID } = await json('/acl/policy/name/as-json');
      expect(await json(`/acl/policy/${ID}`, 'DELETE')).toBe(true);
      expect(
        (await call('/kv/acl/open', 'GET', undefined, secret)).status,
      ).toBe(403);
    });
  });

  it('holds the configuration of the world', async () => {
    const keys: string[] = await json('/kv/wealth.payment/?keys');
    expect(keys).toEqual(
      expect.arrayContaining([
        'wealth.payment/_schema.json',
        'wealth.payment/database/password',
        'wealth.payment/features.json',
        'wealth.payment/limits.yaml',
      ]),
    );
    const prefixes: string[] = await json('/kv/?keys&separator=/');
    expect(prefixes).toContain('wealth-test.payment/');
    expect(await json('/catalog/datacenters')).toEqual([defaultWorld.cluster]);
    expect((await json('/agent/self')).Config.Server).toBe(true);
  });

  it('goes down and conflicts when it is told to', async () => {
    await put('trouble', '41');
    const { ModifyIndex } = await entry('trouble');
    effects.consul = 'contended';
    expect(await put('trouble', '50', `?cas=${ModifyIndex}`)).toBe('false');
    expect(await text('/kv/trouble?raw')).toBe('42');
    const now = await entry('trouble');
    const transaction = await call(
      '/txn',
      'PUT',
      JSON.stringify([
        { KV: { Verb: 'cas', Key: 'trouble', Index: now.ModifyIndex } },
      ]),
    );
    expect(transaction.status).toBe(409);
    expect(await text('/kv/trouble?raw')).toBe('43');
    effects.consul = 'leaderless';
    const response = await call('/kv/trouble');
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('No cluster leader');
    expect(await json('/status/leader')).toBe('');
  });
});
