import { mockCredentials } from '@backstage/backend-test-utils';
import {
  meshGraphSchema,
  nodeDetailsSchema,
  serviceSummariesSchema,
  trafficHistorySchema,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import request from 'supertest';
import { freeze } from './__testUtils__/freeze';
import { startMesh } from './__testUtils__/startMesh';

const PAYMENT = 'kepler/wealth/Deployment/payment-v2';

describe('meshPlugin', () => {
  let mesh: Awaited<ReturnType<typeof startMesh>>;

  beforeEach(async () => {
    mesh = await startMesh();
  });

  afterEach(async () => {
    jest.useRealTimers();
    await mesh.stop();
  });

  const get = (path: string) => request(mesh.server).get(`/api/mesh${path}`);

  it('answers the graph of a cluster with its failing edge', async () => {
    const { status, body } = await get('/graph?duration=1m');
    expect(status).toBe(200);
    const graph: MeshGraph = meshGraphSchema.parse(body);
    expect(graph).toMatchObject({
      cluster: 'kepler',
      graphType: 'workload',
      namespaces: [],
      window: 60,
      warnings: [],
    });
    expect(graph.nodes.map(node => node.name).sort()).toEqual([
      'mysql',
      'order',
      'payment-v1',
      'payment-v2',
      'report',
      'web',
    ]);
    const failing = graph.edges.filter(edge => edge.health.state === 'failing');
    expect(failing).toEqual([
      expect.objectContaining({
        source: 'kepler/wealth/Deployment/order',
        target: PAYMENT,
        traffic: expect.objectContaining({
          requestsPerSecond: 2,
          errorShare: 0.5,
        }),
      }),
    ]);
    expect(graph.nodes.find(node => node.id === PAYMENT)).toMatchObject({
      pods: { desired: 2, available: 2 },
      dataPlane: 'sidecar',
      services: ['payment'],
      config: ['VirtualService wealth/payment'],
    });
    expect(graph.sources).toEqual([
      { name: 'prometheus', state: 'ok', asOf: graph.at },
      { name: 'kubernetes', state: 'ok', asOf: expect.any(String) },
    ]);
  });

  it('asks Prometheus once for many viewers and graph types', async () => {
    freeze('Date');
    const types = ['workload', 'app', 'versionedApp', 'service'];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, viewer) =>
        get(`/graph?graphType=${types[viewer % types.length]}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    const cold = mesh.prometheus.asked.map(({ name }) => name).sort();
    expect(cold).toEqual([
      'durations',
      'requests',
      'tcpConnections',
      'tcpReceived',
      'tcpSent',
      'volume',
    ]);
    await get('/graph?namespaces=wealth');
    await get('/summaries');
    expect(mesh.prometheus.asked).toHaveLength(cold.length);
    await get('/graph?duration=5m');
    expect(mesh.prometheus.asked).toHaveLength(cold.length * 2);
  });

  it('keeps to the namespaces asked for', async () => {
    const { body } = await get('/graph?namespaces=default');
    expect(body).toMatchObject({ namespaces: ['default'], nodes: [] });
    const wealth = await get('/graph?namespaces=wealth,default,wealth');
    expect(wealth.body.namespaces).toEqual(['default', 'wealth']);
    expect(wealth.body.edges).toHaveLength(4);
  });

  const inHours = (hours: number) =>
    new Date(Date.now() + hours * 3_600_000).toISOString();

  it.each([
    ['/graph?cluster=tycho', 404, /cluster: expected one of kepler, .*tycho/],
    ['/graph?namespaces=moon', 404, /namespaces: .*\(default, wealth\).*moon/],
    ['/graph?namespaces=W_x', 400, /namespaces: expected names of namespaces/],
    ['/graph?graphType=pod', 400, /graphType: expected one of workload, app/],
    ['/graph?duration=soon', 400, /duration: expected a number with a unit/],
    ['/graph?duration=3d', 400, /duration: expected at most 2 d/],
    ['/graph?at=IN_AN_HOUR', 400, /at: expected a moment that has passed/],
    ['/graph?at=THREE_DAYS_AGO', 400, /at: .* within the last 2 d/],
    ['/graph?at=yesterday', 400, /at: expected/],
    ['/graph?cluster=a&cluster=b', 400, /cluster: expected one value/],
    ['/graph?duration[a]=1m', 400, /duration: expected one value/],
    ['/graph/stream?at=AN_HOUR_AGO', 400, /at: expected no moment/],
    ['/graph/stream?cluster=tycho', 404, /cluster: expected one of kepler/],
    ['/nodes/nobody', 404, /id: no node "nobody" in the workload graph/],
    ['/history', 400, /target: expected the id of a node/],
    ['/history?target=nobody', 404, /target: no node "nobody"/],
    [`/history?target=${PAYMENT}&source=x`, 404, /source: no node "x"/],
    [`/history?target=${PAYMENT}&range=3d`, 400, /range: expected at most 2 d/],
    [`/history?target=${PAYMENT}&range=0s`, 400, /range: expected a number/],
  ])('refuses %s with %s', async (path, status, message) => {
    const response = await get(
      path
        .replace('IN_AN_HOUR', inHours(1))
        .replace('AN_HOUR_AGO', inHours(-1))
        .replace('THREE_DAYS_AGO', inHours(-72)),
    );
    expect(response.body.error?.message).toMatch(message);
    expect(response.status).toBe(status);
  });

  it.each(['/graph', '/graph/stream', `/nodes/x`, '/history', '/summaries'])(
    'answers %s to nobody who is not signed in',
    async path => {
      const { status } = await get(path).set(
        'Authorization',
        mockCredentials.none.header(),
      );
      expect(status).toBe(401);
      expect(mesh.prometheus.asked).toEqual([]);
    },
  );

  it('answers for one node, with both directions', async () => {
    const id = encodeURIComponent('kepler/wealth/Deployment/order');
    const details = nodeDetailsSchema.parse((await get(`/nodes/${id}`)).body);
    expect(details.node.name).toBe('order');
    expect(details.inbound.map(edge => edge.source)).toEqual([
      'kepler/wealth/Deployment/web',
    ]);
    expect(details.outbound).toHaveLength(2);
    expect(details.neighbours.map(node => node.name).sort()).toEqual([
      'payment-v1',
      'payment-v2',
      'web',
    ]);
  });

  it('answers how the traffic over an edge has changed, with its gaps', async () => {
    const { body } = await get(
      `/history?target=${PAYMENT}&source=kepler/wealth/Deployment/order&range=30m`,
    );
    const history = trafficHistorySchema.parse(body);
    expect(history.stepSeconds).toBe(15);
    expect(history.timeMilliseconds).toHaveLength(121);
    expect(history.requestsPerSecond.at(-1)).toBe(2.5);
    expect(history.requestsPerSecond[0]).toBeNull();
    expect(history.errorsPerSecond[0]).toBeNull();
    expect(history.queries.requests).toContain('source_workload="order"');
    expect(history.sources[0]).toMatchObject({ state: 'ok' });
  });

  it('sums services up for lists', async () => {
    const summaries = serviceSummariesSchema.parse(
      (await get('/summaries')).body,
    );
    expect(summaries.items.map(item => item.app).sort()).toEqual([
      'mysql',
      'order',
      'payment',
      'report',
      'web',
    ]);
    const payment = summaries.items.find(item => item.app === 'payment');
    expect(payment).toMatchObject({
      namespace: 'wealth',
      versions: ['v1', 'v2'],
      requestsPerSecond: 11,
    });
    expect(payment?.errorShare).toBeCloseTo(1 / 11);
    expect(
      summaries.items.find(item => item.app === 'report')?.requestsPerSecond,
    ).toBeUndefined();
  });
});

describe('meshPlugin where reading is denied', () => {
  it.each([
    '/graph',
    '/graph/stream',
    '/nodes/x',
    `/history?target=${PAYMENT}`,
    '/summaries',
  ])('refuses %s', async path => {
    const mesh = await startMesh({ denied: true });
    const { status, body } = await request(mesh.server).get(`/api/mesh${path}`);
    expect(status).toBe(403);
    expect(body.error.message).toContain('mesh.graph.read');
    expect(mesh.prometheus.asked).toEqual([]);
    await mesh.stop();
  });
});
