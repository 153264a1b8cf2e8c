import { startTellingWorld } from '../simulator/testing';
import { serveFacade, type Served } from '../testing/serveFacade';
import { createZipkin } from '.';
import type { Span } from './span';

describe('the store of traces', () => {
  const world = startTellingWorld();
  let served: Served;

  beforeAll(async () => {
    await world.run(60);
    served = await serveFacade(
      createZipkin({
        book: world.simulator.book,
        cluster: world.simulator.engine.cluster,
        clusterName: 'kepler-sh',
        clock: world.clock,
      }),
    );
  }, 60_000);

  afterAll(() => served.close());

  const ask = (path: string) => fetch(served.url + path);
  const get = async (path: string) => (await ask(path)).json();
  const traces = (query: string): Promise<Span[][]> =>
    get(`/api/v2/traces?endTs=${world.clock.now()}&lookback=120000&${query}`);

  it('names services as proxies report them, and nobody without a proxy', async () => {
    const services: string[] = await get('/api/v2/services');
    expect(services).toEqual([...services].sort());
    expect(services).toEqual(
      expect.arrayContaining([
        'istio-ingressgateway.istio-system',
        'order.wealth',
        'payment.wealth',
        'scoring.loan',
      ]),
    );
    // Ambient, without a mesh, over TCP.
    for (const silent of [
      'recommend.insight',
      'archive.loan',
      'mysql.wealth',
    ]) {
      expect(services).not.toContain(silent);
    }
    expect(
      await get('/api/v2/remoteServices?serviceName=payment.wealth'),
    ).toEqual(expect.arrayContaining(['bank.example', 'mysql.wealth']));
    expect(await get('/api/v2/spans?serviceName=order.wealth')).toContain(
      'payment.wealth.svc.cluster.local:8080/*',
    );
  });

  it('has both halves of a call under one id', async () => {
    const [trace] = await traces('serviceName=payment.wealth&limit=1');
    const halves = trace.filter(
      ({ name }) => name === 'payment.wealth.svc.cluster.local:8080/*',
    );
    const client = halves.find(({ kind }) => kind === 'CLIENT');
    const server = halves.find(
      ({ kind, id }) => kind === 'SERVER' && id === client?.id,
    );
    expect(client).toMatchObject({
      localEndpoint: { serviceName: 'order.wealth' },
      remoteEndpoint: { serviceName: 'payment.wealth', port: 8080 },
    });
    expect(server).toMatchObject({
      shared: true,
      parentId: client?.parentId,
      localEndpoint: { serviceName: 'payment.wealth' },
      tags: {
        component: 'proxy',
        'istio.canonical_service': 'payment',
        'istio.canonical_revision': expect.stringMatching(/^v[12]$/),
        'istio.namespace': 'wealth',
        'istio.cluster_id': 'kepler-sh',
        upstream_cluster: 'inbound|8080||',
      },
    });
    if (!client || !server) throw new Error('a half is missing');
    expect(server.timestamp).toBeGreaterThanOrEqual(client.timestamp);
    expect(server.timestamp + server.duration).toBeLessThanOrEqual(
      client.timestamp + client.duration + 1,
    );
    expect(client.timestamp / 1000).toBeLessThan(world.clock.now());
  });

  it('finds by tags, durations and names, the newest first', async () => {
    const failed = await traces(
      'serviceName=payment.wealth&annotationQuery=error&limit=100',
    );
    expect(failed.length).toBeGreaterThan(2);
    const of = (trace: Span[]) =>
      trace.filter(
        ({ localEndpoint }) => localEndpoint.serviceName === 'payment.wealth',
      );
    for (const trace of failed) {
      expect(of(trace).some(({ tags }) => tags.error === 'true')).toBe(true);
    }
    const starts = failed.map(trace => trace[0].timestamp);
    expect(starts).toEqual([...starts].sort((one, other) => other - one));
    const version = encodeURIComponent(
      'istio.canonical_revision=v2 and http.status_code=200',
    );
    for (const trace of await traces(
      `serviceName=payment.wealth&annotationQuery=${version}`,
    )) {
      const revisions = of(trace).map(
        ({ tags }) => tags['istio.canonical_revision'],
      );
      expect(revisions).toContain('v2');
    }
    const slow = await traces('minDuration=100000&limit=20');
    for (const trace of slow) {
      expect(
        Math.max(...trace.map(({ duration }) => duration)),
      ).toBeGreaterThan(99_999);
    }
    expect(await traces('serviceName=nobody')).toEqual([]);
    expect(await traces('limit=7')).toHaveLength(7);
  });

  it('answers single traces, and says no as Zipkin does', async () => {
    const [first, second] = await traces('limit=2');
    const [{ traceId }] = first;
    expect(await get(`/api/v2/trace/${traceId}`)).toEqual(first);
    expect(
      await get(
        `/api/v2/traceMany?traceIds=${traceId},${second[0].traceId},abc`,
      ),
    ).toEqual([first, second]);
    const none = await ask('/api/v2/trace/abc');
    expect([none.status, await none.text()]).toEqual([404, 'abc not found']);
    for (const path of [
      '/api/v2/trace/xyz',
      '/api/v2/traces?limit=0',
      '/api/v2/traces?limit=many',
      '/api/v2/traces?maxDuration=5',
      '/api/v2/spans',
      '/api/v2/dependencies',
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 400]);
    }
    expect((await ask('/nothing')).status).toBe(404);
    expect((await get('/health')).status).toBe('UP');
  });

  it('links services, and counts what failed between them', async () => {
    const links: {
      parent: string;
      child: string;
      callCount: number;
      errorCount?: number;
    }[] = await get(
      `/api/v2/dependencies?endTs=${world.clock.now()}&lookback=60000`,
    );
    const link = links.find(
      ({ parent, child }) =>
        parent === 'order.wealth' && child === 'payment.wealth',
    );
    expect(link?.callCount).toBeGreaterThan(20);
    expect(link?.errorCount).toBeGreaterThan(0);
    expect(link?.errorCount).toBeLessThan((link?.callCount ?? 0) / 2);
  });

  it('offers values of tags', async () => {
    expect(await get('/api/v2/autocompleteKeys')).toContain('response_flags');
    expect(await get('/api/v2/autocompleteValues?key=istio.namespace')).toEqual(
      expect.arrayContaining(['loan', 'wealth']),
    );
    expect(await get('/api/v2/autocompleteValues?key=other')).toEqual([]);
  });
});
