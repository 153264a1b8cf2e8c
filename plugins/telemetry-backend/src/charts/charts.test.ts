import { chartsResponseSchema } from '@orrery/backstage-plugin-telemetry-common';
import { answers, http, playUpstreams } from '../__testUtils__/playUpstreams';
import request from 'supertest';
import {
  inNamespaces,
  startTelemetry,
  UPSTREAMS,
} from '../__testUtils__/startTelemetry';

const PATH = `/services/${encodeURIComponent(
  'kepler/shop/service/order',
)}/charts`;

const deployment = (name: string, app: string) => ({
  metadata: { name, namespace: 'shop' },
  spec: { template: { metadata: { labels: { app } } } },
});

describe('charts', () => {
  const upstream = playUpstreams();
  let telemetry: Awaited<ReturnType<typeof startTelemetry>> | undefined;
  let asked: URLSearchParams[] = [];
  let influx: string[] = [];

  beforeEach(() => {
    asked = [];
    influx = [];
    upstream.use(
      http.post(
        `${UPSTREAMS.prometheus}/api/v1/query_range`,
        async ({ request: question }) => {
          const body = new URLSearchParams(await question.text());
          asked.push(body);
          const query = body.get('query') ?? '';
          const start = Number(body.get('start'));
          const result = query.includes('istio_requests_total')
            ? [
                {
                  metric: { destination_version: 'v1' },
                  values: [[start, '2']],
                },
              ]
            : [];
          return answers.json({
            status: 'success',
            data: { resultType: 'matrix', result },
          });
        },
      ),
      http.get(`${UPSTREAMS.influx}/query`, ({ request: { url } }) => {
        const query = new URL(url).searchParams.get('q') ?? '';
        influx.push(query);
        const value = query.includes('response_code') ? 1 : 4;
        return answers.json({
          results: [
            {
              series: [
                {
                  tags: { destination_version: 'v1' },
                  values: [[1000, value]],
                },
              ],
            },
          ],
        });
      }),
    );
  });

  afterEach(() => telemetry?.stop());

  const start = async (options?: Parameters<typeof startTelemetry>[0]) => {
    telemetry = await startTelemetry({
      objects: {
        deployments: [
          deployment('order-v1', 'order'),
          deployment('payment', 'payment'),
        ],
      },
      ...options,
    });
  };
  const get = (query = '') =>
    request(telemetry!.server).get(`/api/telemetry${PATH}?${query}`);

  it('answer lines with the period before moved onto this one, and their question', async () => {
    await start();
    const { status, body } = await get('from=now-1h&compare=true&group=red');
    expect(status).toBe(200);
    const answer = chartsResponseSchema.parse(body);
    expect(answer).toMatchObject({ storage: 'prometheus', stepSeconds: 15 });
    expect(answer.charts.map(({ id }) => id)).toEqual([
      'red.rate',
      'red.errors',
      'red.p50',
      'red.p95',
      'red.p99',
    ]);
    const [rate, , p50] = answer.charts;
    const at = answer.fromMilliseconds;
    expect(rate.series).toEqual([
      { name: 'v1', role: 'version', points: [[at, 2]], previous: [[at, 2]] },
    ]);
    expect(rate.promql).toContain('destination_canonical_service="order"');
    expect(p50.emptyReason).toContain('No series of istio_request_duration');
    for (const body_ of asked) {
      const points =
        (Number(body_.get('end')) - Number(body_.get('start'))) /
        Number(body_.get('step'));
      expect(points).toBeLessThan(1000);
    }
  });

  it('are asked once for many viewers', async () => {
    await start();
    await get('from=2026-11-26T00:00:00Z&to=2026-11-26T06:00:00Z&group=red');
    const first = asked.length;
    await get('from=2026-11-26T00:00:00Z&to=2026-11-26T06:00:00Z&group=red');
    expect(asked).toHaveLength(first);
  });

  it('know the pods by their workloads', async () => {
    await start();
    await get('group=saturation');
    const queries = asked.map(body => body.get('query') ?? '');
    expect(queries[0]).toContain('pod=~"order-v1-[a-z0-9]');
    expect(queries.join()).not.toContain('payment');
  });

  it('say when pods are only guessed, and when Prometheus is silent', async () => {
    await start({ objects: undefined });
    upstream.use(
      http.post(
        `${UPSTREAMS.prometheus}/api/v1/query_range`,
        () => new Response('down', { status: 502 }),
      ),
    );
    const { status, body } = await get('group=saturation');
    expect(status).toBe(200);
    expect(
      body.provenance.sources.map(
        ({ name, state }: { name: string; state: string }) => [name, state],
      ),
    ).toEqual([
      ['prometheus', 'failed'],
      ['kubernetes', 'failed'],
    ]);
    expect(body.charts[0].emptyReason).toMatch(/prometheus gave no answer/);
  });

  it('reach back beyond Prometheus where something else does', async () => {
    await start({
      cluster: {
        longRange: {
          type: 'influxdb',
          url: UPSTREAMS.influx,
          database: "it's",
          retentionDays: 400,
        },
      },
    });
    const { body } = await get('from=now-90d&group=red');
    expect(body).toMatchObject({ storage: 'influxdb' });
    const [rate, errors, p50] = chartsResponseSchema.parse(body).charts;
    expect(rate.series[0].points).toEqual([[1000, 4]]);
    expect(errors.series[0].points).toEqual([[1000, 0.25]]);
    expect(p50.emptyReason).toContain('does not hold');
    expect(influx[0]).toContain('"destination_canonical_service" = \'order\'');
  });

  it('say what is before all that is kept', async () => {
    await start();
    const { body } = await get('from=now-90d&group=red');
    expect(body.provenance.warnings).toEqual([
      expect.objectContaining({ code: 'before-retention' }),
    ]);
  });

  it('are refused to others, and bad questions by the field', async () => {
    await start({ decision: inNamespaces('moon') });
    expect((await get()).status).toBe(403);
    await telemetry?.stop();
    await start();
    for (const [query, field] of [
      ['from=soon', /from/],
      ['group=blue', /group/],
      ['compare=perhaps', /compare/],
    ] as const) {
      const { status, body } = await get(query);
      expect(status).toBe(400);
      expect(body.error.message).toMatch(field);
    }
    const { status } = await request(telemetry!.server).get(
      '/api/telemetry/services/kepler%2Fshop/charts',
    );
    expect(status).toBe(400);
  });
});
