import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  admin,
  configMap,
  created,
  forgetHistory,
  makeNamespace,
  merge,
  paths,
  uniqueName,
  watchEvents,
} from './support.mjs';

describe('watches', () => {
  let at;

  before(async () => {
    at = paths(await makeNamespace());
  });

  const patch = (name, body) =>
    admin.request('PATCH', `${at.configMaps}/${name}`, { body, type: merge });
  const named = (type, name) => event =>
    event.type === type && event.object.metadata.name === name;

  it('start with what exists when no version is given', async () => {
    const name = uniqueName('initial');
    await created(at.configMaps, configMap(name));
    const watch = await watchEvents(`${at.configMaps}?watch=true`);
    await watch.until('ADDED', named('ADDED', name));
    watch.close();
  });

  it('tell of every change, in order, with whole objects', async () => {
    const name = uniqueName('changes');
    const list = await admin.request('GET', at.configMaps);
    const { resourceVersion } = list.body.metadata;
    const watch = await watchEvents(
      `${at.configMaps}?watch=1&resourceVersion=${resourceVersion}&fieldSelector=metadata.name%3D${name}`,
    );
    await created(at.configMaps, configMap(name));
    await patch(name, { data: { color: 'blue' } });
    await admin.request('DELETE', `${at.configMaps}/${name}`);
    await watch.until('DELETED', named('DELETED', name));
    watch.close();
    assert.deepEqual(
      watch.events.map(({ type, object }) => [type, object.data.color]),
      [
        ['ADDED', 'red'],
        ['MODIFIED', 'blue'],
        ['DELETED', 'blue'],
      ],
    );
    const versions = watch.events.map(({ object }) =>
      Number(object.metadata.resourceVersion),
    );
    assert.ok(versions[0] < versions[1] && versions[1] < versions[2]);
    assert.equal(watch.events[0].object.kind, 'ConfigMap');
  });

  it('resume after the last version that was seen', async () => {
    const name = uniqueName('resume');
    const first = await created(at.configMaps, configMap(name));
    await patch(name, { data: { step: '1' } });
    await patch(name, { data: { step: '2' } });
    const watch = await watchEvents(
      `${at.configMaps}?watch=1&resourceVersion=${first.metadata.resourceVersion}&fieldSelector=metadata.name%3D${name}`,
    );
    await watch.until('step 2', event => event.object.data.step === '2');
    watch.close();
    assert.deepEqual(
      watch.events.map(({ type, object }) => [type, object.data.step]),
      [
        ['MODIFIED', '1'],
        ['MODIFIED', '2'],
      ],
    );
  });

  it('see an object that leaves their selector as deleted, and come back as added', async () => {
    const name = uniqueName('leave');
    const labels = { mark: name };
    const object = await created(at.configMaps, configMap(name, {}, labels));
    const watch = await watchEvents(
      `${at.configMaps}?watch=1&resourceVersion=${object.metadata.resourceVersion}&labelSelector=mark%3D${name}`,
    );
    await patch(name, { metadata: { labels: { mark: null } } });
    await patch(name, { data: { unseen: 'yes' } });
    await patch(name, { metadata: { labels: { mark: name } } });
    await watch.until('ADDED', named('ADDED', name));
    watch.close();
    assert.deepEqual(
      watch.events.map(({ type }) => type),
      ['DELETED', 'ADDED'],
    );
  });

  it('give a bookmark before they end, and end on time', async () => {
    const started = Date.now();
    const watch = await watchEvents(
      `${at.configMaps}?watch=1&resourceVersion=0&allowWatchBookmarks=true&timeoutSeconds=4`,
    );
    await watch.ended;
    const seconds = (Date.now() - started) / 1000;
    assert.ok(seconds > 3 && seconds < 8, `ended after ${seconds} s`);
    const bookmark = watch.events.find(event => event.type === 'BOOKMARK');
    assert.ok(bookmark, JSON.stringify(watch.events.map(event => event.type)));
    assert.equal(bookmark.object.kind, 'ConfigMap');
    assert.match(bookmark.object.metadata.resourceVersion, /^\d+$/);
  });

  it('mark the end of the initial events when asked to send them', async () => {
    const watch = await watchEvents(
      `${at.configMaps}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
    );
    const bookmark = await watch.until(
      'BOOKMARK',
      event => event.type === 'BOOKMARK',
    );
    watch.close();
    assert.equal(
      bookmark.object.metadata.annotations['k8s.io/initial-events-end'],
      'true',
    );
  });

  it('end with 410 as an event when their version is too old', async () => {
    await forgetHistory(at.configMaps);
    // A kind without a watch cache, which would remember what etcd has forgotten.
    const limits = at.configMaps.replace('configmaps', 'limitranges');
    const watch = await watchEvents(`${limits}?watch=1&resourceVersion=1`);
    assert.equal(watch.code, 200);
    await watch.ended;
    const [event] = watch.events;
    assert.equal(event.type, 'ERROR');
    assert.equal(event.object.kind, 'Status');
    assert.equal(event.object.code, 410);
    assert.equal(event.object.reason, 'Expired');
    assert.match(event.object.message, /too old/);
  });

  it('reach over all namespaces', async () => {
    const name = uniqueName('everywhere');
    const watch = await watchEvents(
      `/api/v1/configmaps?watch=1&fieldSelector=metadata.name%3D${name}`,
    );
    await created(at.configMaps, configMap(name));
    await watch.until('ADDED', named('ADDED', name));
    watch.close();
  });

  it('come as tables', async () => {
    const name = uniqueName('table');
    await created(at.configMaps, configMap(name));
    const answer = await admin.request(
      'GET',
      `${at.configMaps}?watch=1&timeoutSeconds=1&fieldSelector=metadata.name%3D${name}`,
      { headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' } },
    );
    const lines = (
      typeof answer.body === 'string'
        ? answer.body
        : JSON.stringify(answer.body)
    )
      .trim()
      .split('\n');
    const { type, object } = JSON.parse(lines[0]);
    assert.equal(type, 'ADDED');
    assert.equal(object.kind, 'Table');
    assert.equal(object.rows[0].cells[0], name);
  });
});
