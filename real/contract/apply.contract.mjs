import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  admin,
  applied,
  assertStatus,
  configMap,
  deployment,
  makeNamespace,
  paths,
  strategic,
  uniqueName,
  virtualService,
} from './support.mjs';

describe('server-side apply', () => {
  let at;

  before(async () => {
    at = paths(await makeNamespace());
  });

  const apply = (path, body, manager, more = '') =>
    admin.request('PATCH', `${path}?fieldManager=${manager}${more}`, {
      body,
      type: applied,
    });

  it('creates, and changes nothing the second time', async () => {
    const name = uniqueName('apply');
    const path = `${at.configMaps}/${name}`;
    const first = await apply(path, configMap(name), 'one');
    assert.equal(first.code, 201);
    const again = await apply(path, configMap(name), 'one');
    assert.equal(again.code, 200);
    assert.equal(
      again.body.metadata.resourceVersion,
      first.body.metadata.resourceVersion,
    );
    const [entry] = first.body.metadata.managedFields;
    assert.equal(entry.manager, 'one');
    assert.equal(entry.operation, 'Apply');
    assert.deepEqual(entry.fieldsV1, { 'f:data': { 'f:color': {} } });
  });

  it('refuses to change what another manager owns', async () => {
    const name = uniqueName('conflict');
    const path = `${at.configMaps}/${name}`;
    await apply(path, configMap(name, { color: 'red', size: 'big' }), 'one');
    const answer = await apply(path, configMap(name, { color: 'blue' }), 'two');
    assertStatus(
      answer,
      409,
      'Conflict',
      'Apply failed with 1 conflict: conflict with "one": .data.color',
    );
    assert.deepEqual(answer.body.details.causes, [
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "one"',
        field: '.data.color',
      },
    ]);
    const forced = await apply(
      path,
      configMap(name, { color: 'blue' }),
      'two',
      '&force=true',
    );
    assert.equal(forced.code, 200);
    assert.deepEqual(forced.body.data, { color: 'blue', size: 'big' });
  });

  it('shares a field that both set to the same value', async () => {
    const name = uniqueName('share');
    const path = `${at.configMaps}/${name}`;
    await apply(path, configMap(name), 'one');
    const answer = await apply(path, configMap(name), 'two');
    assert.equal(answer.code, 200);
    assert.deepEqual(
      answer.body.metadata.managedFields.map(entry => entry.manager).sort(),
      ['one', 'two'],
    );
  });

  it('removes what its manager no longer says', async () => {
    const name = uniqueName('remove');
    const path = `${at.configMaps}/${name}`;
    await apply(path, configMap(name, { a: '1', b: '2' }), 'one');
    await apply(path, configMap(name, { b: '2' }), 'two');
    const answer = await apply(path, configMap(name, { c: '3' }), 'one');
    assert.equal(answer.code, 200);
    assert.deepEqual(answer.body.data, { b: '2', c: '3' });
  });

  it('meets an update as a conflict that names its version', async () => {
    const name = uniqueName('update');
    const path = `${at.deployments}/${name}`;
    await apply(path, deployment(name), 'one');
    await admin.request('PATCH', `${path}?fieldManager=hand`, {
      body: {
        spec: {
          replicas: 2,
          template: {
            spec: { containers: [{ name: 'app', image: 'example.org/app:2' }] },
          },
        },
      },
      type: strategic,
    });
    const answer = await apply(path, deployment(name), 'one');
    assertStatus(answer, 409, 'Conflict', /^Apply failed with 2 conflicts: /);
    assert.deepEqual(
      answer.body.details.causes.map(cause => cause.field).sort(),
      ['.spec.replicas', '.spec.template.spec.containers[name="app"].image'],
    );
    assert.match(
      answer.body.details.causes[0].message,
      /^conflict with "hand" using apps\/v1/,
    );
  });

  it('treats lists of custom resources as one field', async () => {
    const name = uniqueName('routes');
    const path = `${at.virtualServices}/${name}`;
    await apply(path, virtualService(name, 90), 'one');
    const answer = await apply(path, virtualService(name, 80), 'two');
    assertStatus(answer, 409, 'Conflict');
    assert.deepEqual(
      answer.body.details.causes.map(cause => cause.field),
      ['.spec.http'],
    );
  });

  it('previews conflicts and results in a dry run', async () => {
    const name = uniqueName('dry');
    const path = `${at.configMaps}/${name}`;
    await apply(path, configMap(name), 'one');
    const other = configMap(name, { color: 'blue' });
    assertStatus(
      await apply(path, other, 'two', '&dryRun=All'),
      409,
      'Conflict',
    );
    const forced = await apply(path, other, 'two', '&dryRun=All&force=true');
    assert.equal(forced.body.data.color, 'blue');
    assert.equal((await admin.request('GET', path)).body.data.color, 'red');
  });

  it('refuses the same element twice, and fields that do not exist', async () => {
    const name = uniqueName('twice');
    const body = deployment(name);
    const [container] = body.spec.template.spec.containers;
    body.spec.template.spec.containers.push(container);
    const twice = await apply(`${at.deployments}/${name}`, body, 'one');
    assert.equal(twice.code, 500);
    assert.match(
      twice.body.message,
      /duplicate entries for key \[name="app"\]/,
    );
    const unknown = await apply(
      `${at.deployments}/${name}`,
      deployment(name, { replica: 1 }),
      'one',
    );
    assert.equal(unknown.code, 500);
    assert.match(
      unknown.body.message,
      /\.spec\.replica: field not declared in schema/,
    );
  });

  it('needs a manager', async () => {
    const answer = await admin.request('PATCH', `${at.configMaps}/x`, {
      body: configMap('x'),
      type: applied,
    });
    assertStatus(answer, 422, 'Invalid', /fieldManager: Required value/);
  });
});
