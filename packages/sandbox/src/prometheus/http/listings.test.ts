import {
  START,
  clock,
  data,
  get,
  prometheus,
  startServing,
  stopServing,
} from '../testing/served';

beforeAll(startServing);
afterAll(stopServing);

describe('what there is', () => {
  it('lists series', async () => {
    expect(
      await data(
        '/api/v1/series?match[]=up{job="shop"}&match[]={instance="a"}',
      ),
    ).toEqual([{ __name__: 'up', job: 'shop', instance: 'a' }]);
    const before = `/api/v1/series?match[]=up&start=1&end=${START - 100}`;
    expect(await data(before)).toEqual([]);
  });

  it('lists label names and values', async () => {
    expect(await data('/api/v1/labels?match[]=up')).toEqual([
      '__name__',
      'instance',
      'job',
    ]);
    expect(await data('/api/v1/labels')).toContain('le');
    expect(await data('/api/v1/label/job/values')).toEqual(['cart', 'shop']);
    expect(await data('/api/v1/label/le/values')).toEqual(['+Inf', '0.5']);
    expect(await data('/api/v1/label/__name__/values')).toEqual(
      expect.arrayContaining(['latency_bucket', 'latency_sum', 'up']),
    );
    expect(await data('/api/v1/label/job/values?limit=1')).toEqual(['cart']);
  });

  it('lists metadata', async () => {
    expect(await data('/api/v1/metadata?metric=latency')).toEqual({
      latency: [{ type: 'histogram', help: 'Line one\nline "two"', unit: '' }],
    });
  });

  it('lists targets', async () => {
    expect(await data('/api/v1/targets')).toMatchObject({
      activeTargets: [{ health: 'up', scrapePool: 'pods' }],
      droppedTargets: [],
    });
    expect(await data('/api/v1/targets?state=dropped')).toMatchObject({
      activeTargets: [],
    });
  });

  it('lists rules and alerts', async () => {
    await prometheus.evaluateRules();
    expect(await data('/api/v1/rules')).toMatchObject({
      groups: [
        {
          name: 'g',
          interval: 15,
          rules: [
            { type: 'alerting', name: 'Down', state: 'firing', health: 'ok' },
            { type: 'recording', name: 'up:sum', query: 'sum(up)' },
          ],
        },
      ],
    });
    expect(await data('/api/v1/rules?type=record')).toMatchObject({
      groups: [{ rules: { length: 1 } }],
    });
    expect(await data('/api/v1/rules?rule_name[]=other')).toEqual({
      groups: [],
    });
    expect(await data('/api/v1/alerts')).toMatchObject({
      alerts: [{ labels: { alertname: 'Down', job: 'cart' }, value: '0' }],
    });
  });

  it.each([
    ['buildinfo', { version: expect.stringMatching(/^3\./) }],
    ['config', { yaml: expect.stringContaining('scrape_interval: 15s') }],
    ['flags', { 'storage.tsdb.retention.time': '1d' }],
    ['runtimeinfo', { storageRetention: '1d' }],
    ['tsdb', { seriesCountByMetricName: expect.anything() }],
  ])('tells of its %s', async (page, expected) => {
    expect(await data(`/api/v1/status/${page}`)).toMatchObject(expected);
  });

  it('says at its root what it has', async () => {
    const { text } = await get('/');
    for (const [path] of text.matchAll(/api\/v1\/\S+\?\S+/g)) {
      expect((await get(`/${path}`)).status).toBe(200);
    }
    expect(text).toMatch(/api\/v1\/query\?query=up/);
  });

  it.each([
    ['/-/healthy', 'Prometheus Server is Healthy.\n'],
    ['/-/ready', 'Prometheus Server is Ready.\n'],
  ])('%s', async (path, text) => {
    expect(await get(path)).toMatchObject({ status: 200, text });
  });
});

describe('text format', () => {
  it('exposes the current values', async () => {
    const { text, headers } = await get('/metrics');
    expect(headers.get('content-type')).toBe(
      'text/plain; version=0.0.4; charset=utf-8',
    );
    expect(text).toContain(
      [
        '# HELP latency Line one\\nline "two"',
        '# TYPE latency histogram',
        'latency_bucket{path="C:\\\\x\\n\\"y\\"",le="0.5"} 1',
        'latency_bucket{path="C:\\\\x\\n\\"y\\"",le="+Inf"} 2',
        'latency_sum{path="C:\\\\x\\n\\"y\\""} 3.5',
        'latency_count{path="C:\\\\x\\n\\"y\\""} 2',
        '',
      ].join('\n'),
    );
    expect(text).toContain('# TYPE up gauge\nup{instance="a",job="shop"} 1\n');
  });

  it('federates what matches, with external labels where there are none of its own', async () => {
    const { text } = await get('/federate?match[]=up{job="shop"}');
    expect(text).toBe(
      `# TYPE up untyped\nup{cluster="east",job="shop",instance="a"} 1 ${clock.now()}\n`,
    );
    expect((await get('/federate')).text).toBe('');
  });
});
