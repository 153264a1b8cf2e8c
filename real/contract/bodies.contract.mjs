import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  admin,
  assertStatus,
  configMap,
  created,
  deployment,
  makeNamespace,
  paths,
  strategic,
  uniqueName,
  virtualService,
} from './support.mjs';

describe('unknown fields', () => {
  let at;

  before(async () => {
    at = paths(await makeNamespace());
  });

  const withUnknown = name => ({
    ...deployment(name),
    spec: { ...deployment(name).spec, replica: 2 },
  });

  it('are refused when validation is strict', async () => {
    const answer = await admin.request(
      'POST',
      `${at.deployments}?fieldValidation=Strict`,
      { body: withUnknown(uniqueName('strict')) },
    );
    assertStatus(
      answer,
      400,
      'BadRequest',
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
    );
  });

  it('are warned of and dropped otherwise', async () => {
    const answer = await admin.request('POST', at.deployments, {
      body: withUnknown(uniqueName('warn')),
    });
    assert.equal(answer.code, 201);
    assert.equal(
      answer.headers.warning,
      '299 - "unknown field \\"spec.replica\\""',
    );
    assert.equal(answer.body.spec.replica, undefined);
  });

  it('are dropped silently when ignored', async () => {
    const answer = await admin.request(
      'POST',
      `${at.deployments}?fieldValidation=Ignore`,
      { body: withUnknown(uniqueName('ignore')) },
    );
    assert.equal(answer.code, 201);
    assert.equal(answer.headers.warning, undefined);
  });

  it('are refused in custom resources as well', async () => {
    const body = virtualService(uniqueName('custom'));
    body.spec.hostz = ['x'];
    const answer = await admin.request(
      'POST',
      `${at.virtualServices}?fieldValidation=Strict`,
      { body },
    );
    assertStatus(
      answer,
      400,
      'BadRequest',
      /strict decoding error: unknown field "spec.hostz"/,
    );
  });
});

describe('unreadable bodies', () => {
  let at;

  before(async () => {
    at = paths(await makeNamespace());
  });

  it('are a bad request when they are no JSON', async () => {
    const answer = await admin.request('POST', at.configMaps, {
      body: '{"kind":',
    });
    assertStatus(answer, 400, 'BadRequest');
  });

  it('are a bad request when they are of another kind', async () => {
    const answer = await admin.request('POST', at.configMaps, {
      body: deployment('other'),
    });
    assertStatus(answer, 400, 'BadRequest');
  });

  it('are unsupported in an unknown patch format', async () => {
    const name = uniqueName('format');
    await created(at.configMaps, configMap(name));
    const answer = await admin.request('PATCH', `${at.configMaps}/${name}`, {
      body: { data: {} },
      type: 'application/json',
    });
    assertStatus(
      answer,
      415,
      'UnsupportedMediaType',
      '415: Unsupported Media Type',
    );
  });

  it('are unsupported as a strategic patch of a custom resource', async () => {
    const name = uniqueName('strategic');
    await created(at.virtualServices, virtualService(name));
    const answer = await admin.request(
      'PATCH',
      `${at.virtualServices}/${name}`,
      { body: { spec: {} }, type: strategic },
    );
    assertStatus(answer, 415, 'UnsupportedMediaType');
  });
});
