import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

/**
 * What the configuration centre relies on, asked of the sandbox's Consul and of
 * a real one: the same answers, the same refusals.
 *
 * CONSUL_URL is the base without `/v1`, CONSUL_TOKEN a management token.
 */
const base = process.env.CONSUL_URL;
const management = process.env.CONSUL_TOKEN;
const stamp = `contract-${Date.now()}`;

async function call(path, { method = 'GET', body, token = management } = {}) {
  const response = await fetch(`${base}/v1${path}`, {
    method,
    headers: token ? { 'X-Consul-Token': token } : {},
    ...(body !== undefined && {
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  });
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    // Refusals are plain text.
  }
  return {
    status: response.status,
    text: text.trim(),
    json,
    index: Number(response.headers.get('x-consul-index')),
  };
}

const key = name => `${stamp}/${name}`;
const put = (name, value, query = '', options = {}) =>
  call(`/kv/${key(name)}${query}`, { method: 'PUT', body: value, ...options });
const get = async name => (await call(`/kv/${key(name)}`)).json?.[0];
const base64 = text => Buffer.from(text).toString('base64');
const transact = (...operations) =>
  call('/txn', {
    method: 'PUT',
    body: operations.map(KV => ({
      KV: { ...KV, ...(KV.Value && { Value: base64(KV.Value) }) },
    })),
  });

describe('Consul', { timeout: 120_000 }, () => {
  after(() => call(`/kv/${stamp}/?recurse`, { method: 'DELETE' }));

  it('keeps values with flags and indices', async () => {
    assert.equal((await put('a', 'hello', '?flags=7')).text, 'true');
    const entry = await get('a');
    assert.deepEqual(Object.keys(entry).sort(), [
      'CreateIndex',
      'Flags',
      'Key',
      'LockIndex',
      'ModifyIndex',
      'Value',
    ]);
    assert.equal(entry.Value, base64('hello'));
    assert.equal(entry.Flags, 7);
    assert.equal((await call(`/kv/${key('a')}?raw`)).text, 'hello');
    await put('a', 'hello', '?flags=7');
    assert.equal((await get('a')).ModifyIndex, entry.ModifyIndex);
    await put('a', 'other');
    const changed = await get('a');
    assert.ok(changed.ModifyIndex > entry.ModifyIndex);
    assert.equal(changed.CreateIndex, entry.CreateIndex);
    await put('empty', '');
    assert.equal((await get('empty')).Value, null);
  });

  it('says 404 without a word for what is not there', async () => {
    for (const query of ['', '?recurse', '?keys']) {
      const { status, text, index } = await call(`/kv/${key('none')}${query}`);
      assert.deepEqual([status, text], [404, '']);
      assert.ok(index > 0);
    }
    assert.equal((await call('/kv/')).status, 400);
  });

  it('lists keys, cut behind a separator', async () => {
    await put('list/x', '1');
    await put('list/y/z', '1');
    await put('list/y/w', '1');
    const cut = await call(`/kv/${key('list/')}?keys&separator=/`);
    assert.deepEqual(cut.json, [key('list/x'), key('list/y/')]);
    const all = await call(`/kv/${key('list/')}?recurse`);
    assert.deepEqual(
      all.json.map(({ Key }) => Key),
      [key('list/x'), key('list/y/w'), key('list/y/z')],
    );
  });

  it('checks and sets', async () => {
    assert.equal((await put('cas', '1', '?cas=0')).text, 'true');
    assert.equal((await put('cas', '2', '?cas=0')).text, 'false');
    const { ModifyIndex } = await get('cas');
    assert.equal((await put('cas', '2', `?cas=${ModifyIndex}`)).text, 'true');
    const stale = await call(`/kv/${key('cas')}?cas=${ModifyIndex}`, {
      method: 'DELETE',
    });
    assert.equal(stale.text, 'false');
    const twice = await put('cas', '', '?cas=1&acquire=x');
    assert.equal(twice.status, 400);
    assert.match(twice.text, /^Conflicting flags/);
  });

  it('refuses values beyond 512 KiB', async () => {
    assert.equal((await put('big', 'x'.repeat(512 * 1024))).text, 'true');
    const { status, text } = await put('big', 'x'.repeat(512 * 1024 + 1));
    assert.equal(status, 413);
    assert.match(text, /max size: 524288 bytes/);
  });

  it('waits for a change below a prefix', async () => {
    await put('watch/a', '1');
    const { index } = await call(`/kv/${key('watch/')}?recurse`);
    const waiting = call(
      `/kv/${key('watch/')}?recurse&index=${index}&wait=30s`,
    );
    const started = Date.now();
    await put('elsewhere', String(started));
    await new Promise(resolve => {
      setTimeout(resolve, 300);
    });
    await put('watch/a', '2');
    const changed = await waiting;
    assert.ok(changed.index > index);
    assert.equal(changed.json[0].Value, base64('2'));
    const gone = call(
      `/kv/${key('watch/')}?recurse&index=${changed.index}&wait=30s`,
    );
    await call(`/kv/${key('watch/a')}`, { method: 'DELETE' });
    const empty = await gone;
    assert.equal(empty.status, 404);
    assert.ok(empty.index > changed.index);
  });

  it('answers the same index when time is up, and refuses nonsense', async () => {
    await put('quiet', '1');
    const { ModifyIndex } = await get('quiet');
    const path = `/kv/${key('quiet')}`;
    const late = await call(`${path}?index=${ModifyIndex}&wait=20ms`);
    assert.equal(late.index, ModifyIndex);
    assert.equal((await call(`${path}?index=x`)).status, 400);
    assert.equal((await call(`${path}?index=1&wait=soon`)).status, 400);
  });

  it('does transactions whole or not at all', async () => {
    await put('tree/x', '1');
    const done = await transact(
      { Verb: 'check-not-exists', Key: key('t') },
      { Verb: 'cas', Key: key('t'), Value: '1', Index: 0 },
      { Verb: 'set', Key: key('u'), Value: '2' },
      { Verb: 'delete-tree', Key: key('tree/') },
      { Verb: 'get', Key: key('t') },
    );
    assert.equal(done.status, 200, done.text);
    assert.equal(done.json.Errors, null);
    assert.deepEqual(
      done.json.Results.map(({ KV }) => [KV.Key, KV.Value]),
      [
        [key('t'), null],
        [key('u'), null],
        [key('t'), base64('1')],
      ],
    );
    const [first, second] = done.json.Results;
    assert.equal(first.KV.ModifyIndex, second.KV.ModifyIndex);
    const failed = await transact(
      { Verb: 'set', Key: key('u'), Value: 'changed' },
      { Verb: 'cas', Key: key('t'), Value: '9', Index: 1 },
    );
    assert.equal(failed.status, 409);
    assert.deepEqual(failed.json, {
      Results: null,
      Errors: [
        {
          OpIndex: 1,
          What: `failed to set key "${key('t')}", index is stale`,
        },
      ],
    });
    assert.equal((await get('u')).Value, base64('2'));
  });

  it('says what a transaction failed of', async () => {
    await put('there', '1');
    const cases = [
      [{ Verb: 'get', Key: key('no') }, `key "${key('no')}" doesn't exist`],
      [
        { Verb: 'check-not-exists', Key: key('there') },
        `key "${key('there')}" exists`,
      ],
      [
        { Verb: 'delete-cas', Key: key('there'), Index: 1 },
        `failed to delete key "${key('there')}", index is stale`,
      ],
      [
        { Verb: 'check-index', Key: key('no'), Index: 1 },
        `failed to check index, key "${key('no')}" doesn't exist`,
      ],
    ];
    for (const [operation, what] of cases) {
      const { status, json } = await transact(operation);
      assert.equal(status, 409);
      assert.deepEqual(json.Errors, [{ OpIndex: 0, What: what }]);
    }
  });

  it('locks keys for sessions', async () => {
    const create = async () =>
      (
        await call('/session/create', {
          method: 'PUT',
          body: { LockDelay: '0s', TTL: '10s', Behavior: 'release' },
        })
      ).json.ID;
    const [one, other] = [await create(), await create()];
    assert.equal((await put('lock', '1', `?acquire=${one}`)).text, 'true');
    assert.equal((await put('lock', '2', `?acquire=${other}`)).text, 'false');
    const held = await get('lock');
    assert.deepEqual([held.Session, held.LockIndex], [one, 1]);
    const gone = await call(`/session/destroy/${one}`, { method: 'PUT' });
    assert.equal(gone.text, 'true');
    assert.equal((await get('lock')).Session, undefined);
    assert.equal((await put('lock', '2', `?acquire=${other}`)).text, 'true');
    assert.equal((await get('lock')).LockIndex, 2);
    await call(`/session/destroy/${other}`, { method: 'PUT' });
    assert.deepEqual((await call(`/session/info/${other}`)).json, []);
  });

  it('lets policies decide, the longest prefix first', async () => {
    const name = stamp;
    const policy = await call('/acl/policy', {
      method: 'PUT',
      body: {
        Name: name,
        Rules: `key_prefix "${stamp}/" { policy = "write" }
key_prefix "${stamp}/closed/" { policy = "deny" }
key "${stamp}/fixed" { policy = "read" }`,
      },
    });
    assert.equal(policy.status, 200, policy.text);
    const made = await call('/acl/token', {
      method: 'PUT',
      body: { Policies: [{ Name: name }] },
    });
    const token = made.json.SecretID;
    await put('closed/x', '1');
    await put('fixed', '1');
    assert.equal((await put('open', '1', '', { token })).text, 'true');
    const refused = [
      await put('fixed', '2', '', { token }),
      await put('closed/x', '2', '', { token }),
      await call(`/kv/${key('closed/x')}`, { token }),
      await call(`/kv/${stamp}/?recurse`, { method: 'DELETE', token }),
      await call('/acl/policies', { token }),
    ];
    for (const { status, text } of refused) {
      assert.equal(status, 403);
      assert.match(text, /Permission denied/);
    }
    const seen = await call(`/kv/${stamp}/?keys`, { token });
    assert.ok(seen.json.includes(key('open')));
    assert.ok(!seen.json.includes(key('closed/x')));
    const self = await call('/acl/token/self', { token });
    assert.equal(self.json.Policies[0].Name, name);
    const named = await call(`/acl/policy/name/${name}`);
    assert.equal(named.json.ID, policy.json.ID);
    const gone = await call(`/acl/policy/${policy.json.ID}`, {
      method: 'DELETE',
    });
    assert.equal(gone.text, 'true');
    await call(`/acl/token/${made.json.AccessorID}`, { method: 'DELETE' });
    assert.equal((await call(`/acl/policy/name/${name}`)).status, 404);
  });

  it('refuses policies and tokens that are none', async () => {
    for (const body of [
      { Name: 'a.b', Rules: '' },
      { Name: `${stamp}-bad`, Rules: 'key_prefix "a" {' },
    ]) {
      const { status, text } = await call('/acl/policy', {
        method: 'PUT',
        body,
      });
      assert.ok(status === 400 || status === 500, `${status} ${text}`);
    }
    const unknown = await call(`/kv/${key('a')}`, {
      token: '11111111-2222-3333-4444-555555555555',
    });
    assert.equal(unknown.status, 403);
    assert.match(unknown.text, /ACL not found/);
    const nobody = await call(`/kv/${key('a')}`, { token: '' });
    assert.equal(nobody.status, 403);
    assert.match(nobody.text, /Permission denied/);
  });

  it('says who leads and where', async () => {
    assert.match((await call('/status/leader')).json, /:\d+$/);
    const [datacenter] = (await call('/catalog/datacenters')).json;
    const { Config } = (await call('/agent/self')).json;
    assert.equal(Config.Datacenter, datacenter);
    const elsewhere = await call(`/kv/${key('a')}?dc=nowhere`);
    assert.equal(elsewhere.status, 500);
    assert.match(elsewhere.text, /No path to datacenter/);
  });
});
