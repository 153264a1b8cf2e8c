import request from 'supertest';
import { startMesh } from './__testUtils__/startMesh';

function istiod(name: string, revision = 'default', ready = 'True') {
  return {
    metadata: {
      name,
      namespace: 'istio-system',
      labels: { app: 'istiod', 'istio.io/rev': revision },
      ownerReferences: [{ kind: 'ReplicaSet', name: 'istiod-1' }],
    },
    spec: {
      containers: [{ name: 'discovery', image: 'istio/pilot:1.28.3' }],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready }],
    },
  };
}

function proxied(name: string) {
  return {
    metadata: {
      name,
      namespace: 'wealth',
      ownerReferences: [{ kind: 'StatefulSet', name: 'order' }],
    },
    spec: {
      containers: [{ name: 'istio-proxy', image: 'istio/proxyv2:1.28.3' }],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

const entry = (pod: string, acked = 'a') => ({
  proxy: `${pod}.wealth`,
  istio_version: '1.28.3',
  cluster_sent: 'a',
  cluster_acked: acked,
});

describe('GET /control-planes', () => {
  let mesh: Awaited<ReturnType<typeof startMesh>>;

  afterEach(() => mesh.stop());

  const get = async (path = '/control-planes') =>
    (await request(mesh.server).get(`/api/mesh${path}`)).body;

  it('asks every istiod about its proxies, and graphs know of them too', async () => {
    mesh = await startMesh({
      pods: [
        istiod('istiod-a'),
        istiod('istiod-b'),
        proxied('order-0'),
        proxied('order-1'),
      ],
    });
    mesh.cluster.podAnswers.set('istiod-a', [entry('order-0')]);
    mesh.cluster.podAnswers.set('istiod-b', [entry('order-1', 'old')]);
    const { items, sources } = await get();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      cluster: 'kepler',
      health: { state: 'degraded' },
      revisions: [
        {
          revision: 'default',
          versions: ['1.28.3'],
          pods: { total: 2, ready: 2 },
          namespaces: ['wealth'],
          proxies: { connected: 2, synced: 1 },
        },
      ],
      behind: [{ pod: 'order-1', kinds: ['CDS'] }],
    });
    expect(sources).toContainEqual(
      expect.objectContaining({ name: 'istiod', state: 'ok' }),
    );
    const { nodes } = await get('/graph');
    expect(
      nodes.find(({ name }: { name: string }) => name === 'order').proxies,
    ).toEqual({
      count: 2,
      versions: ['1.28.3'],
      revisions: [],
      connected: 2,
      synced: 1,
    });
  });

  it('does not say how far proxies are when one istiod is silent', async () => {
    mesh = await startMesh({
      pods: [istiod('istiod-a'), istiod('istiod-b'), proxied('order-0')],
    });
    mesh.cluster.podAnswers.set('istiod-a', [entry('order-0')]);
    const { items, sources } = await get();
    expect(items[0].revisions[0].proxies).toEqual({ connected: 1, synced: 1 });
    expect(sources).toContainEqual({
      name: 'istiod',
      state: 'failed',
      reason: 'istiod-b: pods/proxy is forbidden',
    });
    const { nodes } = await get('/graph');
    expect(
      nodes.find(({ name }: { name: string }) => name === 'order').proxies,
    ).toEqual({ count: 1, versions: ['1.28.3'], revisions: [] });
  });

  it('says that there is none', async () => {
    mesh = await startMesh();
    const { items, sources } = await get();
    expect(items[0].health).toEqual({
      state: 'unknown',
      reasons: ['No istiod was found in this cluster'],
    });
    expect(sources[0]).toMatchObject({ name: 'istiod', state: 'absent' });
  });

  it('refuses a cluster that is not there', async () => {
    mesh = await startMesh();
    const { status } = await request(mesh.server).get(
      '/api/mesh/control-planes?cluster=moon',
    );
    expect(status).toBe(404);
  });
});
