import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import logsCommon from '@orrery/backstage-plugin-logs-common';
import client from '../../plugins/logs-backend/src/sources/ElasticsearchClient.ts';

/**
 * What a query finds in a real store is what the model says that it means,
 * line by line.
 */
const { compileKql, flattenFields, matchesKql, parseKql } = logsCommon;
const { ElasticsearchClient } = client;

const QUERIES = [
  '*',
  'served',
  'SERVED',
  'serve*',
  'request served',
  '"request served"',
  '"served request"',
  'served or failed',
  'request and not served',
  'message: served',
  'message: (served or failed)',
  'message: *',
  'log.level: error',
  'log.level: err*',
  'log.level: (error or warn)',
  'not log.level: info',
  'log.level: "error" and kubernetes.namespace: wealth',
  'kubernetes.labels.app: pay*',
  'kubernetes.labels.app: *men*',
  'kubernetes.pod.name: order-*',
  'http.response.status_code: 500',
  'http.response.status_code >= 500',
  'http.response.status_code < 300',
  'http.response.status_code > 199 and http.response.status_code <= 403',
  'event.duration > 50000000',
  'trace.id: *',
  'not trace.id: *',
  'kubernetes.namespace: (wealth or loan) and (log.level: error or http.response.status_code >= 500)',
  'url.path: "/orders"',
  'url.path: /ord*',
  'nothing.here: x',
  'nothing.here: *',
  'not nothing.here: *',
  'labels.caller: "order" or labels.caller: portal-bff',
  'kubernetes.labels.version: v2 and not http.response.status_code: 200',
];

const stores = {
  'the sandbox': {
    url: `${process.env.ORRERY_REAL_SANDBOX}/elasticsearch`,
    index: 'filebeat-*',
  },
  'the real store': {
    url: process.env.ORRERY_REAL_LOG_STORE,
    index: 'filebeat-copy',
  },
};

const clientOf = store =>
  new ElasticsearchClient({
    ...store,
    headers: {},
    timeoutSeconds: 30,
    maxConcurrency: 4,
    fields: {},
  });

function subjectOf({ _source }) {
  const fields = flattenFields(_source);
  const valuesOf = name => {
    const value = fields[name];
    return value === undefined ? undefined : [value].flat();
  };
  return {
    text: _source.message,
    fieldNames: () => Object.keys(fields),
    valuesOf,
  };
}

describe('KQL', () => {
  let documents;
  let window;

  before(async () => {
    const answer = await clientOf(stores['the real store']).search({
      size: 1000,
      sort: [{ '@timestamp': 'desc' }],
      query: { match_all: {} },
    });
    const all = answer.hits.hits;
    // Whole milliseconds only: of the last one there may be more.
    const oldest = all.at(-1)._source['@timestamp'];
    documents = all.filter(({ _source }) => _source['@timestamp'] > oldest);
    window = {
      range: {
        '@timestamp': { gt: oldest, lte: all[0]._source['@timestamp'] },
      },
    };
    assert.ok(documents.length > 500, `${documents.length} documents`);
  });

  for (const [name, store] of Object.entries(stores)) {
    for (const text of QUERIES) {
      it(`finds in ${name} what ${text} means`, async () => {
        const log = clientOf(store);
        const fields = await log.fields();
        const node = parseKql(text);
        const { hits } = await log.search({
          size: 1000,
          sort: [{ '@timestamp': 'desc' }],
          query: {
            bool: {
              filter: [
                window,
                compileKql(node, {
                  typesOf: field => fields.get(field)?.types ?? [],
                  messageFields: ['message'],
                }),
              ],
            },
          },
        });
        const expected = documents
          .filter(document => matchesKql(node, subjectOf(document)))
          .map(({ _id }) => _id);
        assert.deepEqual(
          hits.hits.map(({ _id }) => _id).sort(),
          expected.sort(),
        );
      });
    }
  }

  it('knows what it speaks to', async () => {
    const { product, version } = await clientOf(
      stores['the real store'],
    ).product();
    assert.match(
      `${product} ${version}`,
      /^(Elasticsearch|OpenSearch) \d+\.\d+/,
    );
  });
});
