import { startStore } from '../testing/startStore';

interface Hit {
  _id: string;
  _source: Record<string, ReturnType<typeof JSON.parse>>;
  sort: unknown[];
  highlight?: Record<string, string[]>;
}

describe('a search', () => {
  let store: Awaited<ReturnType<typeof startStore>>;
  let all: Hit[];
  let window: unknown;

  /** A query of some seconds, which have fewer lines than one answer may. */
  const within = (query: unknown) => ({ bool: { filter: [window, query] } });

  beforeAll(async () => {
    store = await startStore();
    const lt = store.clock.now() - 5000;
    window = { range: { '@timestamp': { gte: lt - 25_000, lt } } };
    const { hits } = await store.search({
      query: window,
      size: 10_000,
      sort: [{ '@timestamp': 'desc' }],
    });
    all = hits.hits;
  }, 60_000);

  afterAll(() => store.close());

  const ids = (hits: readonly Hit[]) => hits.map(({ _id }) => _id).sort();
  const level = (hit: Hit) => hit._source.log.level;
  const namespace = (hit: Hit) => hit._source.kubernetes.namespace;
  const words = (hit: Hit) =>
    hit._source.message.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const status = (hit: Hit) => hit._source.http?.response.status_code;
  const text = (query: string, more = {}) => ({
    query_string: {
      query,
      fields: ['message'],
      default_operator: 'AND',
      lenient: true,
      ...more,
    },
  });

  it('has enough lines to look through, and not too many for one answer', () => {
    expect(all.length).toBeGreaterThan(1000);
    expect(all.length).toBeLessThan(10_000);
  });

  it.each<[string, unknown, (hit: Hit) => boolean]>([
    ['nothing in particular', { match_all: {} }, () => true],
    ['nothing at all', { match_none: {} }, () => false],
    [
      'a level',
      { term: { 'log.level': 'error' } },
      hit => level(hit) === 'error',
    ],
    [
      'namespaces but one',
      {
        bool: {
          filter: [{ terms: { 'kubernetes.namespace': ['wealth', 'loan'] } }],
          must_not: [{ term: { 'log.level': 'info' } }],
        },
      },
      hit =>
        ['wealth', 'loan'].includes(namespace(hit)) && level(hit) !== 'info',
    ],
    [
      'either',
      {
        bool: {
          should: [
            { term: { 'log.level': 'error' } },
            { range: { 'http.response.status_code': { gte: 500 } } },
          ],
          minimum_should_match: 1,
        },
      },
      hit => level(hit) === 'error' || status(hit) >= 500,
    ],
    [
      'words in any order',
      { match: { message: { query: 'SERVED request', operator: 'and' } } },
      hit => words(hit).includes('served') && words(hit).includes('request'),
    ],
    [
      'a phrase',
      { match_phrase: { message: 'request served' } },
      hit => /(^|\W)request served/i.test(hit._source.message),
    ],
    ['no part of a word', { match: { message: 'serve' } }, () => false],
    [
      'a wildcard',
      { wildcard: { 'kubernetes.pod.name': 'pay*-v2-?' } },
      hit => /^pay.*-v2-.$/.test(hit._source.kubernetes.pod.name),
    ],
    [
      'an object',
      { exists: { field: 'http' } },
      hit => hit._source.http !== undefined,
    ],
    ['a field of nobody', { term: { 'no.such.field': 1 } }, () => false],
    [
      'Lucene with AND, OR and NOT',
      text('request AND NOT kubernetes.namespace:wealth'),
      hit => words(hit).includes('request') && namespace(hit) !== 'wealth',
    ],
    [
      'Lucene with a group',
      text('log.level:(error OR warn) kubernetes.namespace:wealth'),
      hit => level(hit) === 'error' && namespace(hit) === 'wealth',
    ],
    [
      'Lucene with a range',
      text('http.response.status_code:[500 TO 599]'),
      hit => status(hit) >= 500,
    ],
    [
      'Lucene with a comparison',
      text('http.response.status_code:<400'),
      hit => status(hit) < 400,
    ],
    [
      'Lucene with existence',
      text('_exists_:trace.id'),
      hit => hit._source.trace !== undefined,
    ],
    [
      'Lucene with a pattern',
      text('serv*'),
      // Dots between letters do not end a word.
      hit => /(^|[^\p{L}\p{N}_.:])serv/iu.test(hit._source.message),
    ],
  ])('finds %s', async (_, query, expected) => {
    const { hits } = await store.search({
      query: within(query),
      size: 10_000,
    });
    expect(ids(hits.hits)).toEqual(ids(all.filter(expected)));
    expect(hits.total).toEqual({ value: hits.hits.length, relation: 'eq' });
  });

  it('pages through a point in time that new lines do not disturb', async () => {
    const keepAlive = '1m';
    const opened = await store.ask(
      'POST',
      `/filebeat-*/_pit?keep_alive=${keepAlive}`,
    );
    const found: Hit[] = [];
    let after: unknown[] | undefined;
    do {
      const { body } = await store.ask('POST', '/_search', {
        pit: { id: opened.body.id, keep_alive: keepAlive },
        query: within({ term: { 'kubernetes.namespace': 'wealth' } }),
        sort: [{ '@timestamp': 'desc' }],
        size: 700,
        track_total_hits: false,
        ...(after ? { search_after: after } : {}),
      });
      expect(body.hits.total).toBeUndefined();
      found.push(...body.hits.hits);
      after = body.hits.hits.at(-1)?.sort;
      await store.run(1);
    } while (after);
    expect(ids(found)).toEqual(
      ids(all.filter(hit => namespace(hit) === 'wealth')),
    );
    const times = found.map(({ sort }) => Number(sort[0]));
    expect(times).toEqual([...times].sort((one, other) => other - one));
    store.clock.advance(61_000);
    const gone = await store.ask('POST', '/_search', {
      pit: { id: opened.body.id },
    });
    expect(gone.status).toBe(404);
    expect(gone.body.error.type).toBe('search_context_missing_exception');
  });

  it('counts as far as it is asked to', async () => {
    const total = async (track_total_hits: unknown) =>
      (await store.search({ size: 1, track_total_hits })).hits.total;
    expect(await total(100)).toEqual({ value: 100, relation: 'gte' });
    expect(await total(false)).toBeUndefined();
    const exact = await total(true);
    expect(exact.relation).toBe('eq');
    expect(exact.value).toBeGreaterThanOrEqual(all.length);
  });

  it('marks what it found', async () => {
    const { hits } = await store.search({
      query: { multi_match: { query: 'served', fields: ['message'] } },
      size: 5,
      highlight: {
        pre_tags: ['['],
        post_tags: [']'],
        fields: { message: { number_of_fragments: 0 } },
      },
    });
    for (const { highlight, _source } of hits.hits) {
      expect(highlight.message).toEqual([
        _source.message.replace('served', '[served]'),
      ]);
    }
  });

  it('shows what it is asked for', async () => {
    const { hits } = await store.search({
      size: 1,
      query: { exists: { field: 'trace.id' } },
      _source: ['log.level', 'kubernetes.pod.*'],
      fields: ['@timestamp', 'http.response.status_code'],
      sort: [{ 'log.offset': { order: 'asc' } }],
    });
    const [{ _source, fields }] = hits.hits;
    expect(Object.keys(_source).sort()).toEqual(['kubernetes', 'log']);
    expect(Object.keys(_source.kubernetes)).toEqual(['pod']);
    expect(fields['@timestamp'][0]).toMatch(/^2026-11-23T.*Z$/);
    expect(fields['http.response.status_code']).toHaveLength(1);
  });
});
