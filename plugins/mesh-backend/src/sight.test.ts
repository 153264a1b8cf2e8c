import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import request from 'supertest';
import { startMesh } from './__testUtils__/startMesh';

function inNamespaces(...namespaces: string[]): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'mesh',
    resourceType: 'mesh-app',
    conditions: {
      rule: 'IS_IN_NAMESPACE',
      resourceType: 'mesh-app',
      params: { namespaces },
    },
  };
}

// Rules come to the plugin through the permission framework's own registry,
// so these tests need the whole plugin.
jest.mock('@orrery/backstage-plugin-orrery-node', () => ({
  ...jest.requireActual('@orrery/backstage-plugin-orrery-node'),
  OwnerIndex: class {
    read = async () => ({
      revision: 1,
      ofApp: () => [],
      ofNamespace: () => [],
    });
  },
}));

describe('a viewer whom a policy shows one namespace', () => {
  let mesh: Awaited<ReturnType<typeof startMesh>>;

  afterEach(() => mesh.stop());

  const get = async (path: string) => {
    const { status, body } = await request(mesh.server).get(`/api/mesh${path}`);
    return { status, body, text: JSON.stringify(body) };
  };

  it('sees all of it', async () => {
    mesh = await startMesh({ decision: inNamespaces('wealth') });
    const { body } = await get('/graph');
    expect(body.nodes.map(({ name }: { name: string }) => name)).toEqual([
      'mysql',
      'order',
      'payment-v1',
      'payment-v2',
      'report',
      'web',
    ]);
  });

  it('sees nothing of another, by any route, and no name of it', async () => {
    mesh = await startMesh({ decision: inNamespaces('default') });
    const graph = await get('/graph');
    expect(graph.body).toMatchObject({ nodes: [], edges: [] });
    expect((await get('/summaries')).body.items).toEqual([]);
    const id = encodeURIComponent('kepler/wealth/Deployment/order');
    for (const path of [
      `/nodes/${id}`,
      `/history?target=${id}`,
      '/graph?namespaces=wealth',
    ]) {
      const { status, text } = await get(path);
      expect(status).toBe(404);
      // Only what the viewer wrote comes back.
      expect(text).not.toMatch(/payment|mysql|report/);
    }
    expect((await get('/graph?namespaces=default')).status).toBe(200);
    expect((await get('/graph?namespaces=nowhere')).text).not.toContain(
      'wealth',
    );
  });
});
