import {
  dashboardPanelsResponseSchema,
  dashboardsResponseSchema,
  panelDrawingResponseSchema,
} from '@orrery/backstage-plugin-telemetry-common';
import { answers, http, playUpstreams } from '../__testUtils__/playUpstreams';
import request from 'supertest';
import {
  inNamespaces,
  startTelemetry,
  UPSTREAMS,
} from '../__testUtils__/startTelemetry';
import { framingOf } from './framingOf';

const TOKEN = 'glsa_secret';
const BASE = `/api/telemetry/services/${encodeURIComponent(
  'kepler/shop/service/order',
)}/dashboards`;

const found = (uid: string, tags: string[], folderTitle?: string) => ({
  uid,
  title: uid,
  url: `/d/${uid}`,
  tags,
  folderTitle,
});

const dashboard = {
  dashboard: {
    uid: 'mine',
    title: 'Mine',
    templating: { list: [{ name: 'namespace', type: 'query' }] },
    panels: [
      {
        id: 1,
        title: 'Rate',
        type: 'timeseries',
        fieldConfig: { defaults: { unit: 's' } },
        targets: [
          {
            expr: 'sum(rate(x{ns="$namespace"}[$__rate_interval])) by (v)',
            legendFormat: 'version {{v}}',
          },
        ],
      },
      { id: 2, type: 'row', panels: [{ id: 3, title: 'Text', type: 'text' }] },
    ],
  },
};

describe('dashboards', () => {
  const upstream = playUpstreams();
  let telemetry: Awaited<ReturnType<typeof startTelemetry>> | undefined;
  let asked: Request[] = [];
  let queries: string[] = [];

  beforeEach(() => {
    asked = [];
    queries = [];
    const { grafana } = UPSTREAMS;
    const note = ({ request: question }: { request: Request }) => {
      asked.push(question);
      return undefined;
    };
    upstream.use(
      http.get(`${grafana}/*`, note),
      http.get(`${grafana}/api/search`, () =>
        answers.json([
          found('mine', ['order']),
          found('team', ['shop']),
          found('foldered', [], 'Teams'),
          found('others', ['payment']),
        ]),
      ),
      http.get(`${grafana}/api/dashboards/uid/mine`, () =>
        answers.json(dashboard),
      ),
      http.get(`${grafana}/d-solo/mine/x`, () => answers.html('panel')),
      http.get(`${grafana}/render/d-solo/mine/x`, () =>
        answers.bytes(new Uint8Array([137, 80]).buffer, {
          headers: { 'Content-Type': 'image/png' },
        }),
      ),
      http.post(
        `${UPSTREAMS.prometheus}/api/v1/query_range`,
        async ({ request: question }) => {
          const body = new URLSearchParams(await question.text());
          queries.push(body.get('query') ?? '');
          return answers.json({
            status: 'success',
            data: {
              resultType: 'matrix',
              result: [{ metric: { v: '2' }, values: [[1, '0.5']] }],
            },
          });
        },
      ),
    );
  });

  afterEach(() => telemetry?.stop());

  const start = async (
    options: Parameters<typeof startTelemetry>[0] & { grafana?: object } = {},
  ) => {
    telemetry = await startTelemetry({
      ...options,
      cluster: {
        grafana: [
          {
            name: 'main',
            url: UPSTREAMS.grafana,
            publicUrl: 'https://grafana.example',
            token: TOKEN,
            tags: ['shop'],
            folder: 'Teams',
            ...options.grafana,
          },
        ],
      },
    });
  };
  const get = (path = '') => request(telemetry!.server).get(`${BASE}${path}`);

  it('are found by tag and folder, and said why', async () => {
    await start();
    const { status, body, text } = await get('?from=now-1h');
    expect(status).toBe(200);
    const { dashboards } = dashboardsResponseSchema.parse(body);
    expect(dashboards.map(({ uid, foundBy }) => [uid, foundBy])).toEqual([
      ['mine', 'tag order'],
      ['team', 'tag shop'],
      ['foldered', 'folder Teams'],
    ]);
    expect(dashboards[0].url).toMatch(/^https:\/\/grafana\.example\/d\/mine\//);
    expect(asked[0].headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
    expect(text).not.toContain(TOKEN);
  });

  it('are found by what the catalog says', async () => {
    await start({
      entities: {
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'order',
              annotations: {
                'grafana/dashboard-selector': "tags @> 'payment'",
              },
            },
            spec: { system: 'shop', type: 'service' },
          },
        ],
      },
    });
    const { body } = await get();
    expect(
      body.dashboards.find(({ uid }: { uid: string }) => uid === 'others')
        .foundBy,
    ).toBe("annotation grafana/dashboard-selector: tags @> 'payment'");
  });

  it('have panels with every way to show them', async () => {
    await start();
    const { body } = await get('/main/mine/panels?from=now-1h&theme=dark');
    const { panels } = dashboardPanelsResponseSchema.parse(body);
    expect(panels.map(({ id, showing }) => [id, showing])).toEqual([
      [1, ['embed', 'image', 'drawn', 'link']],
      [3, ['embed', 'image', 'link']],
    ]);
    const embed = new URL(panels[0].embedUrl ?? '');
    expect(embed.pathname).toBe('/d-solo/mine/x');
    expect(Object.fromEntries(embed.searchParams)).toMatchObject({
      panelId: '1',
      theme: 'dark',
      'var-namespace': 'shop',
    });
    expect(panels[1].reason).toContain('it has no query');
    // A browser without a login is what the frame would be.
    const solo = asked.find(({ url }) => url.includes('/d-solo/'));
    expect(solo?.headers.get('authorization')).toBeNull();
  });

  it('are not embedded where Grafana refuses, and drawn instead', async () => {
    await start();
    upstream.use(
      http.get(`${UPSTREAMS.grafana}/d-solo/mine/x`, () =>
        answers.html('', { headers: { 'X-Frame-Options': 'deny' } }),
      ),
    );
    const { body } = await get('/main/mine/panels');
    const [panel] = dashboardPanelsResponseSchema.parse(body).panels;
    expect(panel).toMatchObject({
      showing: ['image', 'drawn', 'link'],
      reason: 'Grafana refuses frames (X-Frame-Options: deny)',
    });
    expect(panel.embedUrl).toBeUndefined();
    const drawn = await get('/main/mine/panels/1/drawing');
    const { chart } = panelDrawingResponseSchema.parse(drawn.body);
    expect(queries).toEqual(['sum(rate(x{ns="shop"}[60s])) by (v)']);
    expect(chart).toMatchObject({
      unit: 'milliseconds',
      series: [{ name: 'version 2', points: [[1000, 500]] }],
    });
  });

  it('are rendered by Grafana, behind the portal', async () => {
    await start();
    const path = '/main/mine/panels/1/image?width=400';
    const { status, headers, body } = await get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('image/png');
    expect(body).toHaveLength(2);
    upstream.use(
      http.get(`${UPSTREAMS.grafana}/render/d-solo/mine/x`, () =>
        answers.html('<script>alert(1)</script>'),
      ),
    );
    const refused = await get('/main/mine/panels/3/image');
    expect(refused.status).toBe(503);
    expect(refused.body.error.message).toContain('has no picture');
  });

  it('are opened only where they belong to the service', async () => {
    await start();
    expect((await get('/main/others/panels')).status).toBe(404);
    expect((await get('/other/mine/panels')).status).toBe(404);
    expect((await get('/main/mine/panels/9/drawing')).status).toBe(404);
    expect((await get('/main/mine/panels/x/image')).status).toBe(400);
    expect((await get('/main/mine/panels/1/image?width=9000')).status).toBe(
      400,
    );
    expect((await get('?theme=blue')).status).toBe(400);
  });

  it('are refused to others on every route', async () => {
    await start({ decision: inNamespaces('moon') });
    for (const path of [
      '',
      '/main/mine/panels',
      '/main/mine/panels/1/image',
      '/main/mine/panels/1/drawing',
    ]) {
      expect((await get(path)).status).toBe(403);
    }
  });

  it('say what Grafana answered', async () => {
    await start();
    upstream.use(
      http.get(`${UPSTREAMS.grafana}/api/search`, () =>
        answers.json({ message: 'Invalid API key' }, { status: 401 }),
      ),
    );
    const { body } = await get();
    expect(body.provenance.sources).toEqual([
      {
        name: 'main',
        state: 'failed',
        reason: 'main answered 401: {"message":"Invalid API key"}',
      },
    ]);
  });
});

describe('framingOf', () => {
  const origin = 'https://portal.example';
  it.each([
    [200, {}, true],
    [302, { location: '/login' }, false],
    [401, {}, false],
    [404, {}, false],
    [200, { 'x-frame-options': 'SAMEORIGIN' }, false],
    [200, { 'content-security-policy': "frame-ancestors 'none'" }, false],
    [200, { 'content-security-policy': 'frame-ancestors https:' }, true],
    [
      200,
      {
        'content-security-policy': `default-src x; frame-ancestors ${origin}`,
        'x-frame-options': 'deny',
      },
      true,
    ],
    [200, { 'content-security-policy': 'frame-ancestors *.example' }, true],
    [200, { 'content-security-policy': 'frame-ancestors *.other' }, false],
  ])('of %i %j is %s', (status, headers, isAllowed) => {
    const answer = { status, headers: new Headers(headers as HeadersInit) };
    expect(framingOf(answer, origin).isAllowed).toBe(isAllowed);
  });
});
