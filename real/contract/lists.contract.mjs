import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  admin,
  assertStatus,
  configMap,
  created,
  deployment,
  forgetHistory,
  makeNamespace,
  paths,
  uniqueName,
} from './support.mjs';

describe('lists', () => {
  let at;
  let team;

  before(async () => {
    at = paths(await makeNamespace());
    team = uniqueName('team');
    for (const [name, tier] of [
      ['a', 'front'],
      ['b', 'back'],
      ['c', 'back'],
      ['d', undefined],
    ]) {
      const labels = { team, ...(tier ? { tier } : {}) };
      await created(at.configMaps, configMap(name, {}, labels));
    }
  });

  const names = async query => {
    const answer = await admin.request(
      'GET',
      `${at.configMaps}?${new URLSearchParams(query)}`,
    );
    assert.equal(answer.code, 200, JSON.stringify(answer.body));
    return answer.body.items
      .map(item => item.metadata.name)
      .filter(name => name.length === 1)
      .join('');
  };

  it('have a kind, a version, and items without either', async () => {
    const { body } = await admin.request('GET', at.configMaps);
    assert.equal(body.kind, 'ConfigMapList');
    assert.equal(body.apiVersion, 'v1');
    assert.match(body.metadata.resourceVersion, /^\d+$/);
    assert.equal(body.items[0].kind, undefined);
    assert.equal(body.items[0].apiVersion, undefined);
  });

  it('select by labels in every form', async () => {
    const select = labelSelector => names({ labelSelector });
    assert.equal(await select(`team=${team}`), 'abcd');
    assert.equal(await select(`team==${team},tier=back`), 'bc');
    assert.equal(await select(`team=${team},tier!=back`), 'ad');
    assert.equal(await select(`team=${team},tier in (front,back)`), 'abc');
    assert.equal(await select(`team=${team},tier notin (front)`), 'bcd');
    assert.equal(await select(`team=${team},tier`), 'abc');
    assert.equal(await select(`team=${team},!tier`), 'd');
  });

  it('refuse a malformed label selector', async () => {
    const query = new URLSearchParams({ labelSelector: 'a in b' });
    const answer = await admin.request('GET', `${at.configMaps}?${query}`);
    assertStatus(answer, 400, 'BadRequest', /unable to parse requirement/);
  });

  it('select by the fields that the kind offers, and refuse others', async () => {
    assert.equal(await names({ fieldSelector: 'metadata.name=b' }), 'b');
    assert.equal(
      await names({
        fieldSelector: 'metadata.name!=b',
        labelSelector: 'tier=back',
      }),
      'c',
    );
    const answer = await admin.request(
      'GET',
      `${at.configMaps}?fieldSelector=data.x%3D1`,
    );
    assertStatus(
      answer,
      400,
      'BadRequest',
      /^"data.x" is not a known field selector: /,
    );
  });

  it('come in pages that are one consistent list', async () => {
    const selector = `labelSelector=team%3D${team}`;
    const first = await admin.request(
      'GET',
      `${at.configMaps}?${selector}&limit=2`,
    );
    const token = encodeURIComponent(first.body.metadata.continue);
    assert.equal(first.body.items.length, 2);
    await created(at.configMaps, configMap('bb', {}, { team }));
    const second = await admin.request(
      'GET',
      `${at.configMaps}?${selector}&limit=5&continue=${token}`,
    );
    assert.deepEqual(
      second.body.items.map(item => item.metadata.name),
      ['c', 'd'],
    );
    assert.equal(second.body.metadata.continue, undefined);
    assert.equal(
      second.body.metadata.resourceVersion,
      first.body.metadata.resourceVersion,
    );
  });

  it('answer 410 to a page of a list that is too old', async () => {
    const first = await admin.request('GET', `${at.configMaps}?limit=1`);
    const token = encodeURIComponent(first.body.metadata.continue);
    const { resourceVersion } = first.body.metadata;
    await forgetHistory(at.configMaps);
    const late = await admin.request(
      'GET',
      `${at.configMaps}?limit=1&continue=${token}`,
    );
    assertStatus(
      late,
      410,
      'Expired',
      /^The provided continue parameter is too old to display a consistent list result/,
    );
    const exact = await admin.request(
      'GET',
      `${at.configMaps}?resourceVersionMatch=Exact&resourceVersion=${resourceVersion}`,
    );
    assertStatus(exact, 410, 'Expired');
  });

  it('refuse a malformed version', async () => {
    const answer = await admin.request(
      'GET',
      `${at.configMaps}?resourceVersion=soon`,
    );
    assert.equal(answer.code, 400);
  });

  it('come as metadata alone', async () => {
    const accept =
      'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const { body } = await admin.request('GET', at.configMaps, {
      headers: { accept },
    });
    assert.equal(body.kind, 'PartialObjectMetadataList');
    assert.equal(body.items[0].data, undefined);
    assert.ok(body.items[0].metadata.uid);
  });

  it('answer 406 in a form that the server does not have', async () => {
    const answer = await admin.request('GET', at.configMaps, {
      headers: { accept: 'text/html' },
    });
    assertStatus(
      answer,
      406,
      'NotAcceptable',
      /^406: Not Acceptable\n\nAvailable representations: application\/json/,
    );
  });

  it('come as tables', async () => {
    const name = uniqueName('table');
    await created(at.deployments, deployment(name));
    const { body } = await admin.request('GET', at.deployments, {
      headers: {
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
      },
    });
    assert.equal(body.kind, 'Table');
    assert.equal(body.apiVersion, 'meta.k8s.io/v1');
    assert.deepEqual(
      body.columnDefinitions
        .filter(column => column.priority === 0)
        .map(column => column.name),
      ['Name', 'Ready', 'Up-to-date', 'Available', 'Age'],
    );
    assert.equal(body.rows[0].cells[0], name);
    assert.equal(body.rows[0].object.kind, 'PartialObjectMetadata');
  });
});
