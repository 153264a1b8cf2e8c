import { meshGraphSchema } from '@orrery/backstage-plugin-mesh-common';
import request from 'supertest';
import { freeze } from './__testUtils__/freeze';
import { startMesh } from './__testUtils__/startMesh';

describe('meshPlugin when an upstream is in trouble', () => {
  let mesh: Awaited<ReturnType<typeof startMesh>>;

  beforeEach(async () => {
    freeze('Date');
    mesh = await startMesh();
  });

  afterEach(async () => {
    jest.useRealTimers();
    await mesh.stop();
  });

  async function graph(query = '') {
    const response = await request(mesh.server).get(`/api/mesh/graph${query}`);
    expect(response.status).toBe(200);
    return meshGraphSchema.parse(response.body);
  }

  /** Moves to the next look at a window of a minute. */
  const nextLook = () => jest.setSystemTime(Date.now() + 5_000);

  it.each([
    [
      'is gone',
      () => mesh.prometheus.stop(),
      /Prometheus cannot be reached: .*ECONNREFUSED/,
    ],
    [
      'hangs',
      () => mesh.prometheus.spoil(() => 'spoilt'),
      /Prometheus did not answer within 0.2 s/,
    ],
    [
      'answers with a page',
      () =>
        mesh.prometheus.spoil((_name, response) => {
          response.end('<html>Bad gateway</html>');
          return 'spoilt';
        }),
      /something that is not its API: <html>Bad gateway/,
    ],
    [
      'refuses us',
      () =>
        mesh.prometheus.spoil((_name, response) => {
          response.statusCode = 401;
          response.end();
          return 'spoilt';
        }),
      /refuses our credentials \(401\)/,
    ],
  ])(
    'shows what Kubernetes knows while Prometheus %s',
    async (_how, trouble, reason) => {
      await trouble();
      const { nodes, edges, sources, warnings } = await graph();
      expect(edges).toEqual([]);
      expect(nodes.map(node => node.name)).toContain('payment-v2');
      for (const node of nodes) {
        expect(node.health.state).toBe('unknown');
        expect(node.inbound.requestsPerSecond).toBeUndefined();
        expect(node.pods).toEqual({ desired: 2, available: 2 });
      }
      expect(sources[0]).toEqual({
        name: 'prometheus',
        state: 'failed',
        reason: expect.stringMatching(reason),
      });
      expect(sources[1]).toMatchObject({ name: 'kubernetes', state: 'ok' });
      expect(warnings).toHaveLength(6);
    },
  );

  it('leaves the last picture standing, marked as old, and comes back', async () => {
    const before = await graph();
    mesh.prometheus.spoil((_name, response) => {
      response.destroy();
      return 'spoilt';
    });
    nextLook();
    const stale = await graph();
    expect(stale.edges).toEqual(before.edges);
    expect(stale.at).toBe(before.at);
    expect(stale.sources[0]).toMatchObject({
      state: 'stale',
      asOf: before.at,
      reason: expect.stringContaining('cannot be reached'),
    });

    jest.setSystemTime(Date.now() + 11 * 60_000);
    const tooOld = await graph();
    expect(tooOld.edges).toEqual([]);
    expect(tooOld.sources[0].state).toBe('failed');

    mesh.prometheus.heal();
    nextLook();
    const healed = await graph();
    expect(healed.edges).toEqual(before.edges);
    expect(healed.sources[0].state).toBe('ok');
  });

  it('names the one query that has no answer', async () => {
    mesh.prometheus.spoil((name, response) => {
      if (name !== 'tcpSent') {
        return undefined;
      }
      response.end('{"status":"error","error":"too many samples"}');
      return 'spoilt';
    });
    const { edges, sources, warnings } = await graph();
    expect(edges.map(edge => edge.target)).toContain(
      'kepler/wealth/Deployment/payment-v2',
    );
    expect(sources[0]).toMatchObject({
      state: 'ok',
      reason: 'tcpSent missing',
    });
    expect(warnings).toEqual([
      {
        code: 'query-tcpSent',
        message: 'tcpSent: Prometheus refused the query: too many samples',
      },
    ]);
  });

  it('asks again for a past moment that could not be had', async () => {
    const at = `?at=${new Date(Date.now() - 3_600_000).toISOString()}`;
    mesh.prometheus.spoil((_name, response) => {
      response.destroy();
      return 'spoilt';
    });
    expect((await graph(at)).sources[0].state).toBe('failed');
    mesh.prometheus.heal();
    const healed = await graph(at);
    expect(healed.sources[0].state).toBe('ok');
    expect(healed.edges).toHaveLength(4);
    const asked = mesh.prometheus.asked.length;
    await graph(at);
    expect(mesh.prometheus.asked).toHaveLength(asked);
  });
});

describe('meshPlugin when Kubernetes says no', () => {
  it('draws from telemetry alone and names what it may not read', async () => {
    const mesh = await startMesh();
    for (const plural of ['namespaces', 'deployments']) {
      mesh.cluster.refuse(plural, 403);
    }
    mesh.cluster.refuse('virtualservices', 404);
    const { status, body } = await request(mesh.server).get(
      '/api/mesh/graph?namespaces=wealth',
    );
    expect(status).toBe(200);
    const { edges, nodes, sources } = meshGraphSchema.parse(body);
    expect(edges).toHaveLength(4);
    expect(
      nodes.find(node => node.name === 'payment-v2')?.pods,
    ).toBeUndefined();
    expect(sources.map(({ name, state }) => `${name} ${state}`).sort()).toEqual(
      [
        'kubernetes ok',
        'kubernetes/deployments forbidden',
        'kubernetes/namespaces forbidden',
        'kubernetes/virtualservices absent',
        'prometheus ok',
      ],
    );
    expect(
      sources.find(source => source.name === 'kubernetes/deployments')?.reason,
    ).toBe('deployments is forbidden');
    await mesh.stop();
  });
});

describe('meshPlugin without a Prometheus', () => {
  it('shows the cluster and says where to configure one', async () => {
    const mesh = await startMesh({ prometheus: false });
    const { body } = await request(mesh.server).get('/api/mesh/graph');
    const { nodes, edges, sources } = meshGraphSchema.parse(body);
    expect(nodes).toHaveLength(6);
    expect(edges).toEqual([]);
    expect(sources[0]).toMatchObject({
      name: 'prometheus',
      state: 'absent',
      reason: expect.stringContaining('orrery.clusters[].prometheus'),
    });
    const history = await request(mesh.server).get(
      '/api/mesh/history?target=kepler/wealth/Deployment/order&range=5m',
    );
    expect(history.body.requestsPerSecond).toEqual(
      history.body.timeMilliseconds.map(() => null),
    );
    expect(history.body.errorsPerSecond).not.toContain(0);
    expect(history.body.sources[0].state).toBe('absent');
    await mesh.stop();
  });
});
