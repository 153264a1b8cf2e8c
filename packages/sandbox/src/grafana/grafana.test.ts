import { inflateSync } from 'node:zlib';
import { ManualClock } from '../clock';
import { createPrometheus } from '../prometheus';
import { serveFacade, type Served } from '../testing/serveFacade';
import { defaultWorld } from '../world/default';
import { createGrafana, GRAFANA_EDITOR_TOKEN, GRAFANA_TOKEN } from '.';
import { interpolate } from './interpolate';

describe('Grafana', () => {
  let served: Served;

  beforeAll(async () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 23, 6));
    const prometheus = createPrometheus({ clock });
    prometheus.sink.declare('istio_requests_total', 'counter', 'Requests');
    const counter = prometheus.sink.open('istio_requests_total', {
      reporter: 'destination',
      destination_workload_namespace: 'wealth',
      destination_workload: 'payment-v2',
      response_code: '<b>200</b>',
    });
    for (let scrape = 0; scrape < 60; scrape++) {
      clock.advance(5000);
      counter.set(scrape * 10);
      prometheus.sink.scrape(clock.now());
    }
    served = await serveFacade(
      createGrafana({
        world: defaultWorld,
        prometheus,
        clock,
        scrapeMs: 5000,
        prefix: '',
      }),
    );
  });

  afterAll(() => served.close());

  const headers = { Authorization: `Bearer ${GRAFANA_TOKEN}` };
  const ask = (path: string, init: RequestInit = { headers }) =>
    fetch(served.url + path, init);
  const get = async (path: string) => (await ask(path)).json();
  const titles = (found: { title: string }[]) =>
    found.map(({ title }) => title);

  it('lets in service accounts only', async () => {
    expect((await ask('/api/health', {})).status).toBe(200);
    const none = await ask('/api/search', {});
    expect(none.status).toBe(401);
    expect((await none.json()).messageId).toBe('auth.unauthorized');
    const wrong = await ask('/api/search', {
      headers: { Authorization: 'Bearer other' },
    });
    expect(wrong.status).toBe(401);
    expect((await wrong.json()).messageId).toBe('api-key.invalid');
  });

  it('finds dashboards by tag, folder and words', async () => {
    expect(titles(await get('/api/search?tag=istio&tag=service'))).toEqual([
      'Istio Service Dashboard',
    ]);
    expect(titles(await get('/api/search?folderUIDs=runtime'))).toEqual([
      'Go Runtime',
      'JVM Runtime',
    ]);
    expect(titles(await get('/api/search?query=jvm&type=dash-db'))).toEqual([
      'JVM Runtime',
    ]);
    expect(titles(await get('/api/search?type=dash-folder'))).toEqual([
      'Istio',
      'Runtime',
      'Teams',
    ]);
    expect(titles(await get('/api/search?tag=payments'))).toHaveLength(1);
    expect(await get('/api/folders')).toHaveLength(3);
  });

  it('has models of dashboards, panels in rows too', async () => {
    const { dashboard, meta } = await get(
      '/api/dashboards/uid/istio-service-dashboard',
    );
    expect(meta).toMatchObject({ folderUid: 'istio', provisioned: true });
    const ids = dashboard.panels.flatMap(
      (panel: { id: number; panels?: { id: number }[] }) => [
        panel.id,
        ...(panel.panels ?? []).map(({ id }) => id),
      ],
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect((await ask('/api/dashboards/uid/none')).status).toBe(404);
  });

  const WORKLOAD =
    'd-solo/istio-workload-dashboard/x?panelId=1&from=now-4m&var-namespace=wealth&var-workload=payment-v2';

  it('draws panels for frames, without a token', async () => {
    const response = await ask(`/${WORKLOAD}`, {});
    expect(response.headers.get('x-frame-options')).toBeNull();
    const page = await response.text();
    expect(page).toContain('<path d="M');
    expect(page).toContain('&lt;b&gt;200&lt;/b&gt;');
    expect(page).not.toContain('<b>200');
    const other = await ask(`/${WORKLOAD.replace('v2', 'v9')}`, {});
    expect(await other.text()).toContain('No data');
  });

  it('keeps some dashboards out of frames', async () => {
    const response = await ask('/d-solo/jvm-runtime/x?panelId=1', {});
    expect(response.headers.get('x-frame-options')).toBe('deny');
    expect((await ask('/d-solo/jvm-runtime/x?panelId=99', {})).status).toBe(
      404,
    );
  });

  it('renders pictures of panels', async () => {
    const response = await ask(`/render/${WORKLOAD}&width=300&height=120`);
    expect(response.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([
      300, 120,
    ]);
    const length = bytes.readUInt32BE(33);
    const rows = inflateSync(bytes.subarray(41, 41 + length));
    expect(rows).toHaveLength((300 * 3 + 1) * 120);
    // The first line's colour is somewhere.
    expect(rows.includes(Buffer.from([115, 191, 105]))).toBe(true);
    expect((await ask(`/render/${WORKLOAD}`, {})).status).toBe(401);
  });

  it('answers queries as frames', async () => {
    const query = async (expr: string, uid = 'prometheus') => {
      const response = await ask('/api/ds/query', {
        method: 'POST',
        headers,
        body: JSON.stringify({
          from: 'now-2m',
          to: 'now',
          queries: [{ refId: 'A', datasource: { uid }, expr }],
        }),
      });
      return { status: response.status, body: await response.json() };
    };
    const { status, body } = await query(
      'sum(rate(istio_requests_total[$__rate_interval]))',
    );
    expect(status).toBe(200);
    const [{ data, schema }] = body.results.A.frames;
    expect(schema.fields.map(({ type }: { type: string }) => type)).toEqual([
      'time',
      'number',
    ]);
    expect(data.values[1].at(-1)).toBeCloseTo(2, 5);
    expect((await query('sum(')).status).toBe(400);
    expect((await query('1', 'other')).status).toBe(404);
  });
});

describe('dashboards that are written', () => {
  let served: Served;

  beforeAll(async () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 23, 6));
    served = await serveFacade(
      createGrafana({
        world: defaultWorld,
        prometheus: createPrometheus({ clock }),
        clock,
        scrapeMs: 5000,
        prefix: '',
      }),
    );
  });

  afterAll(() => served.close());

  const send = async (
    method: string,
    path: string,
    body?: object,
    token = GRAFANA_EDITOR_TOKEN,
  ) => {
    const response = await fetch(served.url + path, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const post = (dashboard: object, more: object = {}) =>
    send('POST', '/api/dashboards/db', { dashboard, ...more });

  it('are found, counted and deleted', async () => {
    const panels = [{ id: 1, type: 'gauge', targets: [{ expr: 'up' }] }];
    const { body } = await post({ uid: 'own', title: 'Coupons', panels });
    expect(body).toMatchObject({
      status: 'success',
      uid: 'own',
      url: '/grafana/d/own/coupons',
      version: 1,
    });
    const found = await send('GET', '/api/dashboards/uid/own');
    expect(found.body.dashboard).toMatchObject({ panels, version: 1 });
    expect(found.body.meta.provisioned).toBe(false);
    const search = await send('GET', '/api/search?query=coupons');
    expect(search.body).toHaveLength(1);
    expect((await post({ uid: 'own', title: 'Other' })).status).toBe(412);
    expect(
      (await post({ uid: 'own', title: 'Other' }, { overwrite: true })).body
        .version,
    ).toBe(2);
    expect((await send('DELETE', '/api/dashboards/uid/own')).status).toBe(200);
    expect((await send('DELETE', '/api/dashboards/uid/own')).status).toBe(404);
  });

  it('are refused without a title, over a provisioned one, and to viewers', async () => {
    expect((await post({ title: ' ' })).status).toBe(400);
    expect((await post({ title: 'A', uid: 'no/slash' })).status).toBe(400);
    expect(
      (await post({ title: 'A', uid: 'istio-service-dashboard' })).status,
    ).toBe(400);
    const viewer = await send(
      'POST',
      '/api/dashboards/db',
      { dashboard: { title: 'A' } },
      GRAFANA_TOKEN,
    );
    expect(viewer.status).toBe(403);
  });
});

describe('interpolate', () => {
  const times = { stepMs: 15_000, rangeMs: 3_600_000, scrapeMs: 5000 };
  const values = new Map([
    ['namespace', ['wealth']],
    ['pod', ['a.b', 'c']],
    ['all', ['.*']],
  ]);

  it.each([
    ['x{n="$namespace"}', 'x{n="wealth"}'],
    ['x{n=~"${pod:regex}"}', 'x{n=~"(a\\\\.b|c)"}'],
    ['x{n=~"[[all]]"}', 'x{n=~".*"}'],
    ['rate(x[$__rate_interval])', 'rate(x[20s])'],
    ['rate(x[${__interval}])', 'rate(x[15s])'],
    ['rate(x[$__range])', 'rate(x[3600s])'],
    ['$unknown', '$unknown'],
  ])('%s', (expression, expected) => {
    expect(interpolate(expression, values, times)).toBe(expected);
  });
});
