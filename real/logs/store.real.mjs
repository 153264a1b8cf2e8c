import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { AGGREGATIONS, FILTERS } from './queries.mjs';

/**
 * The same documents in the sandbox's log store and in a real one must be
 * found by the same questions, in the same order, with the same counts.
 */
const sandbox = `${process.env.ORRERY_REAL_SANDBOX}/elasticsearch`;
const real = process.env.ORRERY_REAL_LOG_STORE;
const INDEX = 'filebeat-*';
const COPY = 'filebeat-copy';
const WINDOW = 60_000;
/** An offset is unique in its file only. */
const SORT = [
  '@timestamp',
  'log.offset',
  'kubernetes.pod.name',
  'kubernetes.container.name',
].map(field => ({ [field]: 'desc' }));

async function ask(base, path, body, method = 'POST') {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      'Content-Type':
        typeof body === 'string' ? 'application/x-ndjson' : 'application/json',
    },
    ...(body !== undefined && {
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  });
  return { status: response.status, body: await response.json() };
}

async function search(base, body) {
  const answer = await ask(base, `/${INDEX}/_search`, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body).slice(0, 500));
  return answer.body;
}

describe('a log store', () => {
  let from;
  let to;

  /** A query with the window's ends in it. */
  const fill = query =>
    JSON.parse(
      JSON.stringify(query).replaceAll('$from', from).replaceAll('$to', to),
    );

  async function readAll() {
    const documents = [];
    let after;
    do {
      const { hits } = await search(sandbox, {
        query: fill(FILTERS.everything),
        size: 1000,
        sort: SORT,
        ...(after && { search_after: after }),
      });
      documents.push(...hits.hits);
      after = hits.hits.at(-1)?.sort;
    } while (after);
    return documents;
  }

  before(async () => {
    const end = Math.floor(Date.now() / 10_000) * 10_000 - 20_000;
    to = new Date(end).toISOString();
    from = new Date(end - WINDOW).toISOString();
    const documents = await readAll();
    assert.ok(documents.length > 1000, `${documents.length} documents`);
    const mapping = await ask(sandbox, `/${INDEX}/_mapping`, undefined, 'GET');
    // The real ones come without the module of this type; it is found alike.
    const [{ mappings }] = JSON.parse(
      `[${JSON.stringify(Object.values(mapping.body)[0])}]`.replaceAll(
        'match_only_text',
        'text',
      ),
    );
    const made = await ask(
      real,
      `/${COPY}`,
      { mappings, settings: { number_of_replicas: 0 } },
      'PUT',
    );
    assert.equal(made.status, 200, JSON.stringify(made.body).slice(0, 500));
    for (let at = 0; at < documents.length; at += 1000) {
      const lines = documents
        .slice(at, at + 1000)
        .flatMap(({ _id, _source }) => [
          JSON.stringify({ index: { _index: COPY, _id } }),
          JSON.stringify(_source),
        ]);
      const written = await ask(
        real,
        '/_bulk?refresh=true',
        `${lines.join('\n')}\n`,
      );
      assert.equal(
        written.body.errors,
        false,
        JSON.stringify(written.body).slice(0, 500),
      );
    }
  });

  for (const [name, query] of Object.entries(FILTERS)) {
    it(`finds the same by ${name}`, async () => {
      const body = {
        query: fill(query),
        size: 200,
        sort: SORT,
        track_total_hits: true,
        _source: false,
      };
      const [here, there] = [
        await search(sandbox, body),
        await search(real, body),
      ];
      assert.deepEqual(here.hits.total, there.hits.total);
      assert.deepEqual(
        here.hits.hits.map(hit => [hit._id, hit.sort]),
        there.hits.hits.map(hit => [hit._id, hit.sort]),
      );
    });
  }

  for (const [name, aggregation] of Object.entries(AGGREGATIONS)) {
    it(`counts the same: ${name}`, async () => {
      const body = {
        query: fill(FILTERS.everything),
        size: 0,
        aggs: { it: fill(aggregation) },
      };
      const [here, there] = [
        await search(sandbox, body),
        await search(real, body),
      ];
      assert.deepEqual(here.aggregations, there.aggregations);
    });
  }

  it('pages to the end, with and without a point in time', async () => {
    const pit = async base => {
      const own = await ask(base, `/${INDEX}/_pit?keep_alive=1m`);
      if (own.status === 200) {
        return own.body.id;
      }
      const other = await ask(
        base,
        `/${INDEX}/_search/point_in_time?keep_alive=1m`,
      );
      assert.equal(other.status, 200, JSON.stringify(other.body));
      return other.body.pit_id;
    };
    const pages = async (base, id) => {
      const found = [];
      let after;
      do {
        const answer = await ask(base, id ? '/_search' : `/${INDEX}/_search`, {
          ...(id && { pit: { id, keep_alive: '1m' } }),
          query: fill(FILTERS['a namespace and an app']),
          size: 9,
          sort: SORT,
          _source: false,
          ...(after && { search_after: after }),
        });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        found.push(...answer.body.hits.hits.map(hit => hit._id));
        after = answer.body.hits.hits
          .at(-1)
          ?.sort.slice(0, SORT.length + (id ? 1 : 0));
      } while (after);
      return found;
    };
    const expected = await pages(real);
    assert.ok(expected.length > 9, `${expected.length} lines`);
    assert.deepEqual(await pages(sandbox), expected);
    assert.deepEqual(await pages(real, await pit(real)), expected);
    assert.deepEqual(await pages(sandbox, await pit(sandbox)), expected);
  });

  it('marks what it found', async () => {
    const body = {
      query: fill(FILTERS['words in any order']),
      size: 20,
      sort: SORT,
      _source: false,
      highlight: {
        pre_tags: ['<<'],
        post_tags: ['>>'],
        fields: { message: { number_of_fragments: 0 } },
      },
    };
    const marks = ({ hits }) => hits.hits.map(hit => hit.highlight);
    assert.deepEqual(
      marks(await search(sandbox, body)),
      marks(await search(real, body)),
    );
  });

  it('knows the same types of fields', async () => {
    const types = async base =>
      (
        await ask(
          base,
          `/${INDEX}/_field_caps?fields=message,log.level,kubernetes.pod.name,http.response.status_code,@timestamp,kubernetes`,
          undefined,
          'GET',
        )
      ).body.fields;
    const simple = fields =>
      Object.fromEntries(
        Object.entries(fields).map(([field, byType]) => [
          field,
          Object.entries(byType).map(([type, caps]) => [
            type,
            caps.searchable,
            caps.aggregatable,
          ]),
        ]),
      );
    assert.deepEqual(simple(await types(sandbox)), simple(await types(real)));
  });

  const refusals = {
    'a window beyond 10,000': { from: 10_000, size: 1 },
    'a query that is none': { query: { mach: {} } },
    'an aggregation that is none': {
      aggs: { it: { histogramm: { field: 'x' } } },
    },
    'a pattern that begins with an asterisk': {
      query: {
        query_string: { query: '*x', allow_leading_wildcard: false },
      },
    },
    'a query string that cannot be read': {
      query: { query_string: { query: 'a AND (b' } },
    },
  };
  for (const [name, body] of Object.entries(refusals)) {
    it(`refuses ${name}`, async () => {
      const [here, there] = await Promise.all(
        [sandbox, real].map(base => ask(base, `/${INDEX}/_search`, body)),
      );
      assert.equal(there.status, 400);
      assert.equal(here.status, there.status, JSON.stringify(here.body));
      assert.equal(typeof here.body.error.type, 'string');
    });
  }

  it('does not know an index', async () => {
    const [here, there] = await Promise.all(
      [sandbox, real].map(base => ask(base, '/nothing-here/_search', {})),
    );
    assert.equal(here.status, 404);
    assert.equal(here.body.error.type, there.body.error.type);
  });
});
