import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  dependenciesResponseSchema,
  traceResponseSchema,
  traceServicesResponseSchema,
  tracesResponseSchema,
} from '@orrery/backstage-plugin-telemetry-common';
import { answers, http, playUpstreams } from '../__testUtils__/playUpstreams';
import request from 'supertest';
import {
  inNamespaces,
  startTelemetry,
  UPSTREAMS,
} from '../__testUtils__/startTelemetry';

const ID = '0af7651916cd43dd8448eb211c80319c';
const AT = Date.UTC(2026, 10, 26, 12);

function half(
  kind: string,
  serviceName: string,
  id: string,
  parentId?: string,
) {
  return {
    traceId: ID,
    id,
    parentId,
    kind,
    name: serviceName,
    timestamp: AT * 1000,
    duration: 5000,
    shared: kind === 'SERVER' || undefined,
    localEndpoint: { serviceName },
    tags: {
      'http.url': `http://${serviceName}/`,
      ...(kind === 'SERVER' && { 'istio.canonical_revision': 'v2' }),
      ...(serviceName === 'payment.vault' && { error: 'true' }),
    },
  };
}

const TRACE = [
  half('CLIENT', 'web.shop', '1'),
  half('SERVER', 'order.shop', '1'),
  half('CLIENT', 'order.shop', '2', '1'),
  half('SERVER', 'payment.vault', '2', '1'),
];

describe('traces', () => {
  const upstream = playUpstreams();
  let telemetry: Awaited<ReturnType<typeof startTelemetry>> | undefined;
  let asked: URL[] = [];

  beforeEach(() => {
    asked = [];
    const api = `${UPSTREAMS.zipkin}/zipkin/api/v2`;
    const answer =
      (body: object) =>
      ({ request: { url } }: { request: Request }) => {
        asked.push(new URL(url));
        return answers.json(body);
      };
    upstream.use(
      http.get(`${api}/traces`, answer([TRACE, []])),
      http.get(`${api}/trace/${ID}`, answer(TRACE)),
      http.get(
        `${api}/trace/*`,
        () => new Response('no such trace', { status: 404 }),
      ),
      http.get(`${api}/services`, answer(['order.shop', 'payment.vault'])),
      http.get(`${api}/spans`, answer(['get /'])),
      http.get(`${api}/autocompleteKeys`, answer(['http.status_code'])),
      http.get(`${api}/autocompleteValues`, answer(['200', '503'])),
      http.get(
        `${api}/dependencies`,
        answer([
          { parent: 'order.shop', child: 'payment.vault', callCount: 4 },
          { parent: 'secret.vault', child: 'payment.vault', callCount: 4 },
        ]),
      ),
      http.post(`${UPSTREAMS.prometheus}/api/v1/query`, () =>
        answers.json({
          status: 'success',
          data: {
            resultType: 'vector',
            result: [
              {
                metric: {
                  source_canonical_service: 'order',
                  source_workload_namespace: 'shop',
                  destination_canonical_service: 'payment',
                  destination_workload_namespace: 'vault',
                },
                value: [0, '400'],
              },
            ],
          },
        }),
      ),
    );
  });

  afterEach(() => telemetry?.stop());

  const start = async (options?: Parameters<typeof startTelemetry>[0]) => {
    telemetry = await startTelemetry(options);
  };
  const get = (path: string) =>
    request(telemetry!.server).get(`/api/telemetry${path}`);
  const SHOP = '/traces?cluster=kepler&namespace=shop&app=order';

  it('are found with what the store can narrow and what it cannot', async () => {
    await start();
    const { status, body } = await get(
      `${SHOP}&remoteService=payment.vault&version=v2&errorsOnly=true&tags=http.method%3DGET&maxDurationMilliseconds=90&from=now-1h`,
    );
    expect(status).toBe(200);
    const { traces, isCut } = tracesResponseSchema.parse(body);
    expect(isCut).toBe(false);
    expect(traces).toEqual([
      expect.objectContaining({
        traceId: ID,
        rootService: 'web.shop',
        spanCount: 2,
        errorCount: 1,
        version: 'v2',
      }),
    ]);
    expect(Object.fromEntries(asked[0].searchParams)).toMatchObject({
      serviceName: 'order.shop',
      annotationQuery: 'http.method=GET and error',
      minDuration: '1',
      maxDuration: '90000',
      lookback: '3600000',
    });
    const none = await get(`${SHOP}&remoteService=web.shop`);
    expect(none.body.traces).toEqual([]);
  });

  it.each([`00-${ID}-b7ad6b7169203331-01`, ID.toUpperCase()])(
    'are opened by %s',
    async id => {
      await start();
      const { status, body } = await get(`/traces/${id}?cluster=kepler`);
      expect(status).toBe(200);
      expect(traceResponseSchema.parse(body).spans).toHaveLength(2);
    },
  );

  it.each([
    ['b7ad6b7169203331', 404],
    ['nonsense', 400],
  ])('are not opened by %s: %i', async (id, expected) => {
    await start();
    const { status, body } = await get(`/traces/${id}?cluster=kepler`);
    expect(status).toBe(expected);
    expect(body.error.message).toContain('traceId: expected');
  });

  it('hide services of others, in lists, in full and in dependencies', async () => {
    await start({ decision: inNamespaces('shop') });
    const list = await get(SHOP);
    const whole = await get(`/traces/${ID}?cluster=kepler`);
    const names = await get(
      '/trace-services?cluster=kepler&service=order.shop',
    );
    const links = await get('/dependencies?cluster=kepler');
    const values = await get('/trace-tags/http.status_code?cluster=kepler');
    for (const { status, body } of [list, whole, names, links, values]) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/vault|payment|secret/);
    }
    expect(list.body.traces[0]).toMatchObject({
      spanCount: 2,
      problems: [{ kind: 'hidden', spanCount: 1 }],
    });
    expect(traceServicesResponseSchema.parse(names.body)).toMatchObject({
      services: ['order.shop'],
      spanNames: ['get /'],
      tagKeys: ['http.status_code'],
    });
    expect(links.body.links).toEqual([
      {
        source: 'order.shop',
        target: 'hidden',
        calls: 4,
        errors: 0,
        requests: 400,
        seenBy: 'both',
      },
    ]);
    expect(values.body.provenance.sources[0].state).toBe('forbidden');
  });

  it('are refused for services of others, and not there at all', async () => {
    await start({ decision: inNamespaces('moon') });
    expect((await get(SHOP)).status).toBe(403);
    expect((await get(`/traces/${ID}?cluster=kepler`)).status).toBe(404);
    await telemetry?.stop();
    await start({ decision: inNamespaces('shop') });
    const edge = await get(`${SHOP}&remoteService=payment.vault`);
    expect(edge.status).toBe(403);
    await telemetry?.stop();
    await start({ decision: { result: AuthorizeResult.DENY } });
    expect((await get(SHOP)).status).toBe(403);
  });

  it('are compared with the mesh', async () => {
    await start();
    const { body } = await get('/dependencies?cluster=kepler&namespaces=vault');
    const { links, provenance } = dependenciesResponseSchema.parse(body);
    expect(links.map(({ source, seenBy }) => [source, seenBy])).toEqual([
      ['secret.vault', 'traces'],
      ['order.shop', 'both'],
    ]);
    expect(provenance.sources.map(({ state }) => state)).toEqual(['ok', 'ok']);
  });

  it.each([
    [`${SHOP}&limit=0`, /limit/],
    [`${SHOP}&tags=%3D5`, /tags: expected tags such as/],
    [`${SHOP}&from=soon`, /from: expected/],
    [`${SHOP}&remoteService=a%20b`, /remoteService/],
    ['/traces?cluster=kepler', /namespace/],
  ])('refuse %s by the field', async (path, message) => {
    await start();
    const { status, body } = await get(path);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });

  it.each([
    [() => new Response('busy', { status: 503 }), /answered 503: busy/],
    [() => answers.text('<html>'), /not JSON/],
    [() => answers.json([{ no: 'trace' }]), /something else than its API/],
    [() => answers.unreachable(), /could not be reached/],
  ])('say why there are none', async (respond, reason) => {
    await start();
    upstream.use(http.get(`${UPSTREAMS.zipkin}/zipkin/api/v2/traces`, respond));
    const { status, body } = await get(SHOP);
    expect(status).toBe(200);
    expect(body.traces).toEqual([]);
    expect(body.provenance.sources[0]).toMatchObject({ state: 'failed' });
    expect(body.provenance.sources[0].reason).toMatch(reason);
  });

  it('say that nothing is configured', async () => {
    await start();
    const { body } = await get(SHOP.replace('kepler', 'tycho'));
    expect(body.provenance.sources[0]).toMatchObject({ state: 'absent' });
  });

  it('are of the whole range where there are more than are wanted', async () => {
    await start();
    const parts: [number, number][] = [];
    upstream.use(
      http.get(`${UPSTREAMS.zipkin}/zipkin/api/v2/traces`, question => {
        const query = new URL(question.request.url).searchParams;
        const [endTs, lookback, limit] = ['endTs', 'lookback', 'limit'].map(
          name => Number(query.get(name)),
        );
        parts.push([endTs - lookback, endTs]);
        return answers.json(
          Array.from({ length: limit }, (_, index) => {
            const traceId = `${endTs.toString(16).padStart(12, '0')}${index
              .toString(16)
              .padStart(4, '0')}`;
            return [
              {
                ...TRACE[1],
                traceId,
                timestamp: (endTs - index) * 1000,
              },
            ];
          }),
        );
      }),
    );
    const { body } = await get(`${SHOP}&from=now-1h&limit=60`);
    expect(body.isCut).toBe(true);
    expect(parts).toHaveLength(7);
    const starts = tracesResponseSchema
      .parse(body)
      .traces.map(({ startMilliseconds }) => startMilliseconds);
    expect(starts).toHaveLength(60);
    const [from, to] = parts[0];
    // Some of the oldest sixth and some of the newest.
    expect(Math.min(...starts)).toBeLessThan(from + (to - from) / 5);
    expect(Math.max(...starts)).toBeGreaterThan(to - (to - from) / 6);
  });
});
