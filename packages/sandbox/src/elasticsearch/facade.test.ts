import { startStore } from './testing/startStore';

type Store = Awaited<ReturnType<typeof startStore>>;

describe('the store of logs', () => {
  let store: Store;

  beforeAll(async () => {
    store = await startStore();
  }, 60_000);

  afterAll(() => store.close());

  const newest = { '@timestamp': 'desc' };

  it('has documents as the agent writes them', async () => {
    const { hits } = await store.search({
      query: { term: { 'kubernetes.labels.app': 'payment' } },
      sort: [newest],
      size: 1,
    });
    const [{ _index, _source, sort }] = hits.hits;
    expect(_index).toBe('filebeat-8.15.0-2026.11.23');
    expect(_source).toMatchObject({
      message: expect.any(String),
      service: { name: 'payment' },
      kubernetes: {
        namespace: 'wealth',
        container: { name: 'payment' },
        labels: { app: 'payment' },
      },
      trace: { id: expect.stringMatching(/^[0-9a-f]{32}$/) },
      http: { request: { method: expect.any(String) } },
      url: { path: expect.stringContaining('/payments') },
      ecs: { version: '8.0.0' },
      agent: { type: 'filebeat', version: '8.15.0' },
    });
    expect(sort).toEqual([Date.parse(_source['@timestamp'])]);
    // Nanoseconds, and no request of this app is faster than a tenth of a millisecond.
    expect(_source.event.duration).toBeGreaterThan(100_000);
  });

  it('tells of the same requests as traces do', async () => {
    const { hits } = await store.search({
      query: { exists: { field: 'trace.id' } },
      size: 20,
    });
    expect(hits.hits).toHaveLength(20);
    for (const { _source } of hits.hits) {
      const trace = store.simulator.book.find(_source.trace.id);
      const call = trace?.calls.find(({ id }) => id === _source.span.id);
      expect(call?.callee?.name).toBe(_source.kubernetes.pod.name);
    }
  });

  it('shows a line only when it has come in', async () => {
    const now = store.clock.now();
    const { hits } = await store.search({ sort: [newest], size: 500 });
    for (const { _source } of hits.hits) {
      const ingested = Date.parse(_source.event.ingested);
      expect(ingested).toBeLessThanOrEqual(now);
    }
    const late = hits.hits.filter(
      ({ _source }: { _source: Record<string, string> }) => {
        const { event, '@timestamp': at } = Object(_source);
        return Date.parse(event.ingested) - Date.parse(at) > 1000;
      },
    );
    expect(late.length).toBeGreaterThan(50);
  });

  it('gives every document an id of its own, and finds it by that', async () => {
    const { hits } = await store.search({ sort: [newest], size: 3000 });
    const ids = hits.hits.map(({ _id }: { _id: string }) => _id);
    expect(new Set(ids).size).toBe(3000);
    const found = await store.ask(
      'GET',
      `/filebeat-8.15.0-2026.11.23/_doc/${ids[17]}`,
    );
    expect(found.body._source).toEqual(hits.hits[17]._source);
    const none = await store.ask(
      'GET',
      '/filebeat-8.15.0-2026.11.23/_doc/none',
    );
    expect(none.status).toBe(404);
    expect(none.body.found).toBe(false);
  });

  it('is what viewers must cope with: stacks, colours, Chinese', async () => {
    const { hits } = await store.search({ size: 10_000 });
    const messages: string[] = hits.hits.map(
      ({ _source }: { _source: { message: string } }) => _source.message,
    );
    expect(messages.some(text => /\n\tat example\.kepler/.test(text))).toBe(
      true,
    );
    expect(messages.some(text => text.includes('\u001b[32m'))).toBe(true);
    expect(messages.some(text => /\p{Script=Han}/u.test(text))).toBe(true);
  });

  it('collects nothing of pods that say so', async () => {
    const pod = store.store.get('pods', 'wealth', 'quote-0');
    if (!pod) throw new Error('there is no quote');
    store.store.put('pods', {
      ...pod,
      metadata: {
        ...pod.metadata,
        annotations: {
          ...pod.metadata.annotations,
          'co.elastic.logs/enabled': 'false',
        },
      },
    });
    const since = store.clock.now();
    await store.run(10);
    const count = async (name: string) =>
      (
        await store.ask('POST', '/filebeat-*/_count', {
          query: {
            bool: {
              filter: [
                { term: { 'kubernetes.pod.name': name } },
                { range: { '@timestamp': { gte: since + 1000 } } },
              ],
            },
          },
        })
      ).body.count;
    expect(await count('quote-0')).toBe(0);
    expect(await count('quote-1')).toBeGreaterThan(0);
  });

  it('knows its fields and their types', async () => {
    const { body } = await store.ask(
      'GET',
      '/filebeat-*/_field_caps?fields=message,log.*,kubernetes.labels.app,nothing',
    );
    expect(body.fields.message).toEqual({
      text: {
        type: 'text',
        metadata_field: false,
        searchable: true,
        aggregatable: false,
      },
    });
    expect(Object.keys(body.fields['log.offset'])).toEqual(['long']);
    expect(Object.keys(body.fields.kubernetes)).toEqual(['object']);
    expect(body.fields.nothing).toBeUndefined();
    const mapping = await store.ask('GET', '/filebeat-*/_mapping');
    expect(
      mapping.body['filebeat-8.15.0-2026.11.23'].mappings.properties.log
        .properties.level,
    ).toEqual({ type: 'keyword', ignore_above: 1024 });
  });

  it.each([
    ['/nothing-here/_search', undefined, 404, 'index_not_found_exception'],
    ['/_search', '{', 400, 'x_content_parse_exception'],
    ['/_search', { query: { mach: {} } }, 400, 'parsing_exception'],
    ['/_search', { sise: 1 }, 400, 'parsing_exception'],
    [
      '/_search',
      { from: 9990, size: 11 },
      400,
      'search_phase_execution_exception',
    ],
    [
      '/_search',
      { query: { range: { '@timestamp': { gt: 'soon' } } } },
      400,
      'parse_exception',
    ],
    [
      '/_search',
      { query: { term: { 'log.offset': 'many' } } },
      400,
      'search_phase_execution_exception',
    ],
    [
      '/_search',
      { aggs: { a: { terms: { field: 'message' } } } },
      400,
      'search_phase_execution_exception',
    ],
    ['/_search', { pit: { id: 'x' } }, 404, 'search_context_missing_exception'],
  ])('refuses %s with %j', async (path, body, status, type) => {
    const answer = await store.ask('POST', path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.type).toBe(type);
    expect(answer.body.status).toBe(status);
  });

  it('can be too busy, or broken', async () => {
    store.effects.logStore = 'rejecting';
    const busy = await store.ask('POST', '/_search', {});
    expect(busy.status).toBe(429);
    expect(busy.body.error.type).toBe('es_rejected_execution_exception');
    store.effects.logStore = 'red';
    expect((await store.ask('POST', '/_search', {})).status).toBe(503);
    const health = await store.ask('GET', '/_cluster/health');
    expect(health.body.status).toBe('red');
    store.effects.logStore = 'answering';
    expect((await store.ask('POST', '/_search', {})).status).toBe(200);
  });
});

describe('products and versions', () => {
  it.each([
    ['elasticsearch', '7.17.24', '/filebeat-*/_pit?keep_alive=1m', 200],
    ['elasticsearch', '9.1.4', '/filebeat-*/_pit?keep_alive=1m', 200],
    ['elasticsearch', '7.9.3', '/filebeat-*/_pit?keep_alive=1m', 400],
    ['opensearch', '2.19.1', '/filebeat-*/_pit?keep_alive=1m', 400],
    [
      'opensearch',
      '2.19.1',
      '/filebeat-*/_search/point_in_time?keep_alive=1m',
      200,
    ],
  ] as const)(
    '%s %s answers %s with %d',
    async (product, number, path, status) => {
      const store = await startStore({
        seconds: 2,
        version: { product, number },
      });
      const { body, headers } = await store.ask('GET', '/');
      expect(body.version.number).toBe(number);
      expect(body.version.distribution).toBe(
        product === 'opensearch' ? 'opensearch' : undefined,
      );
      expect(headers.get('x-elastic-product')).toBe(
        product === 'opensearch' ? null : 'Elasticsearch',
      );
      expect((await store.ask('POST', path)).status).toBe(status);
      await store.close();
    },
  );
});
