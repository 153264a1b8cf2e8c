import { createTestCluster, serveTestCluster } from '../testing/cluster';
import { allows, type PolicyRule } from './rbac';

const rbac = 'rbac.authorization.k8s.io';

const rule = (fields: Partial<PolicyRule>): PolicyRule => ({
  verbs: ['get'],
  apiGroups: [''],
  resources: ['pods'],
  resourceNames: [],
  nonResourceURLs: [],
  ...fields,
});

const getPod = { verb: 'get', group: '', resource: 'pods', name: 'a' };

describe('allows', () => {
  it.each<[Partial<PolicyRule>, boolean]>([
    [{}, true],
    [{ verbs: ['*'] }, true],
    [{ verbs: ['list'] }, false],
    [{ apiGroups: ['apps'] }, false],
    [{ resources: ['*'] }, true],
    [{ resources: ['pods/log'] }, false],
    [{ resourceNames: ['a'] }, true],
    [{ resourceNames: ['b'] }, false],
  ])('%j decides %s', (fields, expected) => {
    expect(allows(rule(fields), getPod)).toBe(expected);
  });

  it('knows subresources', () => {
    const log = { ...getPod, resource: 'pods/log' };
    expect(allows(rule({}), log)).toBe(false);
    expect(allows(rule({ resources: ['*/log'] }), log)).toBe(true);
  });

  it('knows paths by prefix', () => {
    const paths = rule({ resources: [], nonResourceURLs: ['/api/*'] });
    expect(allows(paths, { verb: 'get', path: '/api/v1' })).toBe(true);
    expect(allows(paths, { verb: 'get', path: '/metrics' })).toBe(false);
  });
});

describe('tokens', () => {
  it('are issued to service accounts, which roles then let act', async () => {
    const cluster = await serveTestCluster();
    try {
      cluster.controllers.settle();
      const { body } = await cluster.send(
        'POST',
        '/api/v1/namespaces/default/serviceaccounts/default/token',
        {
          kind: 'TokenRequest',
          apiVersion: 'authentication.k8s.io/v1',
          spec: {},
        },
      );
      const headers = { authorization: `Bearer ${body.status?.token}` };
      const list = () =>
        cluster.send('GET', '/api/v1/pods', undefined, headers);
      expect((await list()).code).toBe(403);
      cluster.store.put(`clusterrolebindings.${rbac}`, {
        apiVersion: `${rbac}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name: 'read' },
        roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'view' },
        subjects: [
          { kind: 'ServiceAccount', namespace: 'default', name: 'default' },
        ],
      });
      expect((await list()).code).toBe(200);
    } finally {
      await cluster.close();
    }
  });
});

describe('a new cluster', () => {
  it('has the roles that every cluster has', () => {
    const { store } = createTestCluster();
    const names = store
      .list(`clusterroles.${rbac}`)
      .map(role => role.metadata.name);
    expect(names).toEqual([
      'admin',
      'cluster-admin',
      'edit',
      'system:basic-user',
      'system:discovery',
      'view',
    ]);
  });
});
