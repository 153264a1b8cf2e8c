import { serviceLevelsResponseSchema } from '@orrery/backstage-plugin-telemetry-common';
import { answers, http, playUpstreams } from '../__testUtils__/playUpstreams';
import request from 'supertest';
import {
  inNamespaces,
  startTelemetry,
  UPSTREAMS,
} from '../__testUtils__/startTelemetry';

const PATH = `/api/telemetry/services/${encodeURIComponent(
  'kepler/shop/service/order',
)}/levels`;

const entity = (annotations: Record<string, string>) => ({
  entities: {
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'order', annotations },
        spec: { system: 'shop', type: 'service' },
      },
    ],
  },
});

const rule = {
  metadata: { name: 'order-slo', namespace: 'shop' },
  spec: {
    groups: [
      {
        rules: [
          {
            record: 'slo:objective:ratio',
            expr: 'vector(0.99)',
            labels: { sloth_service: 'order', sloth_slo: 'requests' },
          },
          { record: 'other', expr: 'up' },
        ],
      },
    ],
  },
};

describe('service levels', () => {
  const upstream = playUpstreams();
  let telemetry: Awaited<ReturnType<typeof startTelemetry>> | undefined;
  const vector = (result: object[]) =>
    answers.json({
      status: 'success',
      data: { resultType: 'vector', result },
    });

  beforeEach(() => {
    upstream.use(
      http.post(
        `${UPSTREAMS.prometheus}/api/v1/query`,
        async ({ request: question }) => {
          const query =
            new URLSearchParams(await question.text()).get('query') ?? '';
          if (query.includes('_bucket')) {
            return vector([
              { metric: { le: '250' }, value: [0, '90'] },
              { metric: { le: '500' }, value: [0, '100'] },
              { metric: { le: '+Inf' }, value: [0, '100'] },
            ]);
          }
          return vector([{ metric: {}, value: [0, '0.02'] }]);
        },
      ),
      http.post(`${UPSTREAMS.prometheus}/api/v1/query_range`, () =>
        answers.json({
          status: 'success',
          data: {
            resultType: 'matrix',
            result: [
              {
                metric: {},
                values: Array.from({ length: 30 }, (_, at) => [at, '1']),
              },
            ],
          },
        }),
      ),
    );
  });

  afterEach(() => telemetry?.stop());

  const start = async (options: Parameters<typeof startTelemetry>[0]) => {
    telemetry = await startTelemetry(options);
  };
  const get = () => request(telemetry!.server).get(PATH);

  it('are read from annotations and rules, and judged by how fast they burn', async () => {
    await start({
      ...entity({
        'orrery.dev/slo-availability': '99.9',
        'orrery.dev/slo-latency': '300ms:95',
      }),
      objects: { prometheusrules: [rule] },
    });
    const { status, body } = await get();
    expect(status).toBe(200);
    const { levels } = serviceLevelsResponseSchema.parse(body);
    expect(levels).toMatchObject([
      { kind: 'availability', state: 'fast', coverage: 0.25 },
      { kind: 'latency', state: 'slow' },
      { origin: 'PrometheusRule shop/order-slo', state: 'slow' },
    ]);
    expect(levels[0].burnRates[0].rate).toBeCloseTo(20);
    expect(levels[1].reason).toContain('between two bounds');
  });

  it('say what is wrong with an annotation, and that nothing is known', async () => {
    await start(entity({ 'orrery.dev/slo-availability': 'high' }));
    const bad = await get();
    expect(bad.body.levels).toEqual([]);
    expect(bad.body.provenance.warnings[0].message).toContain(
      'slo-availability: expected a percentage',
    );
    await telemetry?.stop();
    upstream.use(
      http.post(
        `${UPSTREAMS.prometheus}/api/v1/query`,
        () => new Response('down', { status: 502 }),
      ),
    );
    await start(entity({ 'orrery.dev/slo-availability': '99' }));
    const unknown = await get();
    expect(unknown.body.levels[0]).toMatchObject({ state: 'unknown' });
    expect(unknown.body.levels[0].attained).toBeUndefined();
    expect(unknown.body.provenance.sources[0].state).toBe('failed');
  });

  it('are refused to others', async () => {
    await start({ decision: inNamespaces('moon') });
    expect((await get()).status).toBe(403);
  });
});
