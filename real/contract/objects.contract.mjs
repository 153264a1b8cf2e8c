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
  uniqueName,
  virtualService,
} from './support.mjs';

describe('objects', () => {
  let at;

  before(async () => {
    at = paths(await makeNamespace());
  });

  it('are created with server-set metadata and read back', async () => {
    const name = uniqueName('plain');
    const object = await created(at.configMaps, configMap(name));
    assert.match(object.metadata.uid, /^[0-9a-f-]{36}$/);
    assert.match(object.metadata.resourceVersion, /^\d+$/);
    assert.match(
      object.metadata.creationTimestamp,
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    );
    const read = await admin.request('GET', `${at.configMaps}/${name}`);
    assert.equal(read.code, 200);
    assert.deepEqual(read.body, object);
  });

  it('get a name from generateName', async () => {
    const object = await created(at.configMaps, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { generateName: 'made-' },
    });
    assert.match(object.metadata.name, /^made-[a-z0-9]{5}$/);
  });

  it('are refused under a taken name', async () => {
    const name = uniqueName('twice');
    await created(at.configMaps, configMap(name));
    const again = await admin.request('POST', at.configMaps, {
      body: configMap(name),
    });
    assertStatus(
      again,
      409,
      'AlreadyExists',
      `configmaps "${name}" already exists`,
    );
    assert.deepEqual(again.body.details, { name, kind: 'configmaps' });
  });

  it('are not found by a wrong name, with the resource in the details', async () => {
    const answer = await admin.request('GET', `${at.deployments}/nothing`);
    assertStatus(
      answer,
      404,
      'NotFound',
      'deployments.apps "nothing" not found',
    );
    assert.deepEqual(answer.body.details, {
      name: 'nothing',
      group: 'apps',
      kind: 'deployments',
    });
  });

  it('answer 404 for a resource that does not exist', async () => {
    const answer = await admin.request('GET', '/apis/apps/v1/unheardof');
    assert.equal(answer.code, 404);
  });

  it('answer 405 for a method that the endpoint does not have', async () => {
    const answer = await admin.request('POST', `${at.configMaps}/named`, {
      body: configMap('named'),
    });
    assertStatus(answer, 405, 'MethodNotAllowed');
  });

  it('are refused when an update is based on an older version', async () => {
    const name = uniqueName('stale');
    const first = await created(at.configMaps, configMap(name));
    const path = `${at.configMaps}/${name}`;
    const newer = await admin.request('PUT', path, {
      body: { ...first, data: { color: 'green' } },
    });
    assert.equal(newer.code, 200);
    const stale = await admin.request('PUT', path, {
      body: { ...first, data: { color: 'blue' } },
    });
    assertStatus(
      stale,
      409,
      'Conflict',
      `Operation cannot be fulfilled on configmaps "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    );
  });

  it('keep their version when an update changes nothing', async () => {
    const name = uniqueName('same');
    const first = await created(at.configMaps, configMap(name));
    const again = await admin.request('PUT', `${at.configMaps}/${name}`, {
      body: first,
    });
    assert.equal(again.code, 200);
    assert.equal(
      again.body.metadata.resourceVersion,
      first.metadata.resourceVersion,
    );
  });

  it('count generations by spec, not by labels', async () => {
    const name = uniqueName('generation');
    const first = await created(at.deployments, deployment(name));
    assert.equal(first.metadata.generation, 1);
    const path = `${at.deployments}/${name}`;
    const type = 'application/merge-patch+json';
    const labelled = await admin.request('PATCH', path, {
      body: { metadata: { labels: { more: 'yes' } } },
      type,
    });
    assert.equal(labelled.body.metadata.generation, 1);
    const scaled = await admin.request('PATCH', path, {
      body: { spec: { replicas: 3 } },
      type,
    });
    assert.equal(scaled.body.metadata.generation, 2);
  });

  it('are the same under every served version', async () => {
    const name = uniqueName('versions');
    await created(at.virtualServices, virtualService(name));
    const old = await admin.request('GET', `${at.oldVirtualServices}/${name}`);
    assert.equal(old.body.apiVersion, 'networking.istio.io/v1beta1');
    assert.equal(old.body.spec.http[0].route[0].weight, 90);
    const list = await admin.request('GET', at.oldVirtualServices);
    assert.equal(list.body.kind, 'VirtualServiceList');
    assert.equal(list.body.items[0].apiVersion, 'networking.istio.io/v1beta1');
  });

  it('carry defaults', async () => {
    const name = uniqueName('defaults');
    const { spec } = await created(at.deployments, {
      ...deployment(name, { replicas: undefined }),
    });
    assert.equal(spec.replicas, 1);
    assert.deepEqual(spec.strategy, {
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
    });
    assert.equal(spec.revisionHistoryLimit, 10);
    assert.equal(spec.progressDeadlineSeconds, 600);
    const pod = spec.template.spec;
    assert.equal(pod.restartPolicy, 'Always');
    assert.equal(pod.terminationGracePeriodSeconds, 30);
    assert.equal(pod.containers[0].imagePullPolicy, 'IfNotPresent');
  });

  it('are deleted with a Status, under preconditions', async () => {
    const name = uniqueName('gone');
    const object = await created(at.configMaps, configMap(name));
    const path = `${at.configMaps}/${name}`;
    const wrong = await admin.request('DELETE', path, {
      body: {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        preconditions: { uid: '00000000-0000-0000-0000-000000000000' },
      },
    });
    assertStatus(
      wrong,
      409,
      'Conflict',
      /^Operation cannot be fulfilled on ConfigMap ".*": the UID in the precondition/,
    );
    const right = await admin.request('DELETE', path);
    assert.equal(right.code, 200);
    assert.equal(right.body.kind, 'Status');
    assert.equal(right.body.status, 'Success');
    assert.equal(right.body.details.uid, object.metadata.uid);
    const read = await admin.request('GET', path);
    assertStatus(read, 404, 'NotFound');
  });

  it('answer with their last state where clients expect it', async () => {
    const services = at.configMaps.replace('configmaps', 'services');
    const name = uniqueName('service');
    await created(services, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { selector: { app: name }, ports: [{ port: 80 }] },
    });
    const { body } = await admin.request('DELETE', `${services}/${name}`);
    assert.equal(body.kind, 'Service');
  });

  it('refuse to be deleted in an unknown way', async () => {
    const name = uniqueName('way');
    await created(at.configMaps, configMap(name));
    const answer = await admin.request(
      'DELETE',
      `${at.configMaps}/${name}?propagationPolicy=Sideways`,
    );
    assertStatus(
      answer,
      422,
      'Invalid',
      /propagationPolicy: Unsupported value/,
    );
  });

  it('wait for their finalizers', async () => {
    const name = uniqueName('finalizer');
    const body = configMap(name);
    body.metadata.finalizers = ['example.org/hold'];
    await created(at.configMaps, body);
    const path = `${at.configMaps}/${name}`;
    const deleted = await admin.request('DELETE', path);
    assert.equal(deleted.code, 200);
    assert.equal(deleted.body.kind, 'ConfigMap');
    assert.ok(deleted.body.metadata.deletionTimestamp);
    const released = await admin.request('PATCH', path, {
      body: { metadata: { finalizers: null } },
      type: 'application/merge-patch+json',
    });
    assert.equal(released.code, 200);
    assertStatus(await admin.request('GET', path), 404, 'NotFound');
  });

  it('are deleted together by a selector', async () => {
    const labels = { batch: uniqueName('batch') };
    await created(at.configMaps, configMap(uniqueName('one'), {}, labels));
    await created(at.configMaps, configMap(uniqueName('two'), {}, labels));
    const selector = `labelSelector=batch%3D${labels.batch}`;
    const answer = await admin.request(
      'DELETE',
      `${at.configMaps}?${selector}`,
    );
    assert.equal(answer.code, 200);
    const left = await admin.request('GET', `${at.configMaps}?${selector}`);
    assert.deepEqual(left.body.items, []);
  });

  it('are only previewed in a dry run', async () => {
    const name = uniqueName('dry');
    const preview = await admin.request(
      'POST',
      `${at.deployments}?dryRun=All`,
      {
        body: deployment(name),
      },
    );
    assert.equal(preview.code, 201);
    assert.ok(preview.body.metadata.uid);
    assert.equal(preview.body.metadata.resourceVersion, undefined);
    assert.equal(preview.body.spec.revisionHistoryLimit, 10);
    const path = `${at.deployments}/${name}`;
    assertStatus(await admin.request('GET', path), 404, 'NotFound');
    const object = await created(at.deployments, deployment(name));
    const type = 'application/merge-patch+json';
    const patched = await admin.request('PATCH', `${path}?dryRun=All`, {
      body: { spec: { replicas: 7 } },
      type,
    });
    assert.equal(patched.code, 200);
    assert.equal(patched.body.spec.replicas, 7);
    assert.equal(patched.body.metadata.generation, 2);
    const read = await admin.request('GET', path);
    assert.equal(read.body.spec.replicas, 1);
    assert.equal(read.body.metadata.generation, 1);
    assert.equal(object.spec.replicas, 1);
    const refused = await admin.request('DELETE', `${path}?dryRun=All`);
    assert.equal(refused.code, 200);
    assert.equal((await admin.request('GET', path)).code, 200);
  });

  it('refuse an unknown kind of dry run', async () => {
    const answer = await admin.request('POST', `${at.configMaps}?dryRun=Some`, {
      body: configMap('some'),
    });
    assertStatus(answer, 422, 'Invalid', /supported values: "All"/);
  });
});
