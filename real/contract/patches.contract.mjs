import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  admin,
  assertStatus,
  configMap,
  created,
  deployment,
  json,
  makeNamespace,
  merge,
  paths,
  strategic,
  uniqueName,
  virtualService,
} from './support.mjs';

describe('patches', () => {
  let at;

  before(async () => {
    at = paths(await makeNamespace());
  });

  it('merge: null removes, the rest merges', async () => {
    const name = uniqueName('merge');
    await created(at.configMaps, configMap(name, { a: '1', b: '2' }));
    const { body } = await admin.request('PATCH', `${at.configMaps}/${name}`, {
      body: { data: { a: null, c: '3' } },
      type: merge,
    });
    assert.deepEqual(body.data, { b: '2', c: '3' });
  });

  it('JSON: operations in order', async () => {
    const name = uniqueName('json');
    await created(at.virtualServices, virtualService(name));
    const path = `${at.virtualServices}/${name}`;
    const { code, body } = await admin.request('PATCH', path, {
      body: [
        { op: 'test', path: '/spec/http/0/route/0/weight', value: 90 },
        { op: 'replace', path: '/spec/http/0/route/0/weight', value: 50 },
        { op: 'replace', path: '/spec/http/0/route/1/weight', value: 50 },
      ],
      type: json,
    });
    assert.equal(code, 200);
    assert.deepEqual(
      body.spec.http[0].route.map(route => route.weight),
      [50, 50],
    );
    const failed = await admin.request('PATCH', path, {
      body: [{ op: 'test', path: '/spec/http/0/route/0/weight', value: 90 }],
      type: json,
    });
    assertStatus(
      failed,
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
    );
  });

  it('are refused when they carry an older version', async () => {
    const name = uniqueName('patch');
    const first = await created(at.configMaps, configMap(name));
    const path = `${at.configMaps}/${name}`;
    await admin.request('PATCH', path, {
      body: { data: { x: '1' } },
      type: merge,
    });
    const { resourceVersion } = first.metadata;
    const stale = await admin.request('PATCH', path, {
      body: { metadata: { resourceVersion }, data: { x: '2' } },
      type: merge,
    });
    assertStatus(stale, 409, 'Conflict', /the object has been modified/);
  });

  it('strategic: lists merge by key, and directives are obeyed', async () => {
    const name = uniqueName('strategic');
    await created(at.deployments, deployment(name));
    const path = `${at.deployments}/${name}`;
    const patch = async spec => {
      const answer = await admin.request('PATCH', path, {
        body: { spec: { template: { spec } } },
        type: strategic,
      });
      assert.equal(answer.code, 200, JSON.stringify(answer.body));
      return answer.body.spec.template.spec;
    };
    const added = await patch({
      containers: [
        { name: 'app', env: [{ name: 'B', value: '2' }] },
        { name: 'side', image: 'example.org/side:1' },
      ],
    });
    const app = added.containers.find(container => container.name === 'app');
    assert.equal(added.containers.length, 2);
    assert.equal(app.image, 'example.org/app:1');
    assert.deepEqual(
      Object.fromEntries(app.env.map(entry => [entry.name, entry.value])),
      { A: '1', B: '2' },
    );
    const removed = await patch({
      containers: [
        { name: 'side', $patch: 'delete' },
        { name: 'app', env: [{ name: 'A', $patch: 'delete' }] },
      ],
    });
    assert.deepEqual(
      removed.containers.map(container => container.name),
      ['app'],
    );
    assert.deepEqual(removed.containers[0].env, [{ name: 'B', value: '2' }]);
    const replaced = await patch({
      containers: [
        { name: 'only', image: 'example.org/only:1' },
        { $patch: 'replace' },
      ],
    });
    assert.deepEqual(
      replaced.containers.map(container => container.name),
      ['only'],
    );
  });

  it('strategic: switching the strategy keeps only its own fields', async () => {
    const name = uniqueName('retain');
    await created(at.deployments, deployment(name));
    const { body } = await admin.request('PATCH', `${at.deployments}/${name}`, {
      body: { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
      type: strategic,
    });
    assert.deepEqual(body.spec.strategy, { type: 'Recreate' });
  });

  it('JSON: replacing a field that is not there adds it', async () => {
    const name = uniqueName('replace');
    await created(at.configMaps, configMap(name));
    const { code, body } = await admin.request(
      'PATCH',
      `${at.configMaps}/${name}`,
      { body: [{ op: 'replace', path: '/data/new', value: 'x' }], type: json },
    );
    assert.equal(code, 200);
    assert.equal(body.data.new, 'x');
  });

  it('are to blame for what they make unreadable', async () => {
    const name = uniqueName('unreadable');
    await created(at.deployments, deployment(name));
    const answer = await admin.request('PATCH', `${at.deployments}/${name}`, {
      body: { spec: { replicas: 'many' } },
      type: merge,
    });
    assertStatus(answer, 422, 'Invalid');
    assert.equal(answer.body.details.causes[0].field, 'patch');
  });

  it('may not be forced unless they apply', async () => {
    const name = uniqueName('force');
    await created(at.configMaps, configMap(name));
    const answer = await admin.request(
      'PATCH',
      `${at.configMaps}/${name}?force=true`,
      { body: {}, type: merge },
    );
    assertStatus(
      answer,
      422,
      'Invalid',
      /force: Forbidden: may not be specified for non-apply patch/,
    );
  });

  it('of the status leave the spec alone, and the other way round', async () => {
    const name = uniqueName('status');
    await created(at.deployments, deployment(name));
    const path = `${at.deployments}/${name}`;
    const status = await admin.request('PATCH', `${path}/status`, {
      body: { spec: { paused: true }, status: { collisionCount: 5 } },
      type: merge,
    });
    assert.equal(status.code, 200);
    assert.equal(status.body.status.collisionCount, 5);
    assert.equal(status.body.spec.paused, undefined);
    const spec = await admin.request('PATCH', path, {
      body: { spec: { paused: true }, status: { collisionCount: 6 } },
      type: merge,
    });
    assert.equal(spec.body.spec.paused, true);
    assert.equal(spec.body.status.collisionCount, 5);
  });

  it('resize through the scale subresource', async () => {
    const name = uniqueName('scale');
    await created(at.deployments, deployment(name));
    const path = `${at.deployments}/${name}/scale`;
    const read = await admin.request('GET', path);
    assert.equal(read.body.kind, 'Scale');
    assert.equal(read.body.apiVersion, 'autoscaling/v1');
    assert.equal(read.body.spec.replicas, 1);
    assert.equal(read.body.status.selector, `app=${name}`);
    const patched = await admin.request('PATCH', path, {
      body: { spec: { replicas: 4 } },
      type: merge,
    });
    assert.equal(patched.body.spec.replicas, 4);
    const object = await admin.request('GET', `${at.deployments}/${name}`);
    assert.equal(object.body.spec.replicas, 4);
    const negative = await admin.request('PUT', path, {
      body: { ...patched.body, spec: { replicas: -1 } },
    });
    assertStatus(negative, 422, 'Invalid');
  });
});
