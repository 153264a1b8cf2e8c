import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  admin,
  assertStatus,
  configMap,
  created,
  makeNamespace,
  paths,
  uniqueName,
  viewer,
} from './support.mjs';

const rbac = 'rbac.authorization.k8s.io';

describe('access', () => {
  let namespace;
  let at;

  before(async () => {
    namespace = await makeNamespace();
    at = paths(namespace);
  });

  it('is refused to an unknown token', async () => {
    const answer = await admin
      .as('nobody-has-this-token')
      .request('GET', at.configMaps);
    assertStatus(answer, 401, 'Unauthorized', 'Unauthorized');
  });

  it('is refused without a role, saying who, what and where', async () => {
    const list = await viewer.request('GET', at.configMaps);
    assertStatus(
      list,
      403,
      'Forbidden',
      `configmaps is forbidden: User "viewer" cannot list resource "configmaps" in API group "" in the namespace "${namespace}"`,
    );
    assert.deepEqual(list.body.details, { kind: 'configmaps' });
    const remove = await viewer.request('DELETE', `${at.deployments}/x`);
    assertStatus(
      remove,
      403,
      'Forbidden',
      `deployments.apps "x" is forbidden: User "viewer" cannot delete resource "deployments" in API group "apps" in the namespace "${namespace}"`,
    );
    const nodes = await viewer.request('GET', '/api/v1/nodes');
    assertStatus(
      nodes,
      403,
      'Forbidden',
      'nodes is forbidden: User "viewer" cannot list resource "nodes" in API group "" at the cluster scope',
    );
  });

  it('is given by a role and its binding, and no further', async () => {
    const name = uniqueName('reader');
    const base = `/apis/${rbac}/v1/namespaces/${namespace}`;
    await created(`${base}/roles`, {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: { name },
      rules: [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] },
      ],
    });
    await created(`${base}/rolebindings`, {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      subjects: [{ apiGroup: rbac, kind: 'Group', name: 'viewers' }],
    });
    // Authorizers may learn of a new binding a moment later.
    let list;
    for (let attempt = 0; attempt < 20; attempt++) {
      list = await viewer.request('GET', at.configMaps);
      if (list.code === 200) {
        break;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    assert.equal(list.code, 200);
    const write = await viewer.request('POST', at.configMaps, {
      body: configMap('x'),
    });
    assertStatus(
      write,
      403,
      'Forbidden',
      /cannot create resource "configmaps"/,
    );
  });

  it('can be asked about', async () => {
    const review = async (client, attributes) => {
      const { code, body } = await client.request(
        'POST',
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        {
          body: {
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SelfSubjectAccessReview',
            spec: { resourceAttributes: attributes },
          },
        },
      );
      assert.equal(code, 201);
      return body.status.allowed;
    };
    const secrets = { verb: 'delete', resource: 'secrets', namespace };
    assert.equal(await review(admin, secrets), true);
    assert.equal(await review(viewer, secrets), false);
  });

  it('can be tried as somebody else by who may', async () => {
    const headers = { 'Impersonate-User': 'somebody' };
    const answer = await admin.request('GET', at.configMaps, { headers });
    assertStatus(answer, 403, 'Forbidden', /User "somebody" cannot list/);
    const refused = await viewer.request('GET', at.configMaps, { headers });
    assertStatus(refused, 403, 'Forbidden', /cannot impersonate/);
  });
});

describe('discovery', () => {
  it('lists groups and their versions', async () => {
    const { body } = await admin.request('GET', '/apis');
    assert.equal(body.kind, 'APIGroupList');
    const istio = body.groups.find(
      group => group.name === 'networking.istio.io',
    );
    assert.equal(istio.preferredVersion.version, 'v1');
    assert.ok(istio.versions.some(entry => entry.version === 'v1beta1'));
  });

  it('lists the resources of a group version', async () => {
    const { body } = await admin.request('GET', '/apis/apps/v1');
    assert.equal(body.kind, 'APIResourceList');
    const deployments = body.resources.find(
      resource => resource.name === 'deployments',
    );
    assert.deepEqual(deployments.shortNames, ['deploy']);
    assert.deepEqual([...deployments.verbs].sort(), [
      'create',
      'delete',
      'deletecollection',
      'get',
      'list',
      'patch',
      'update',
      'watch',
    ]);
    const scale = body.resources.find(
      resource => resource.name === 'deployments/scale',
    );
    assert.equal(scale.kind, 'Scale');
    assert.equal(scale.group, 'autoscaling');
  });

  it('comes aggregated for clients that ask', async () => {
    const accept =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const { headers, body } = await admin.request('GET', '/apis', {
      headers: { accept },
    });
    assert.match(headers['content-type'], /as=APIGroupDiscoveryList/);
    assert.equal(body.kind, 'APIGroupDiscoveryList');
    const apps = body.items.find(item => item.metadata.name === 'apps');
    const deployments = apps.versions[0].resources.find(
      resource => resource.resource === 'deployments',
    );
    assert.equal(deployments.responseKind.kind, 'Deployment');
    assert.equal(deployments.scope, 'Namespaced');
  });
});
