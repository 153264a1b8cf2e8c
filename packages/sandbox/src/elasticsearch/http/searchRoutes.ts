import { asRecord, asStrings } from '../../simulator/read';
import { ElasticError, indexNotFound, parsingError } from '../errors';
import { fieldCapabilities } from '../fields/mapping';
import { idOf, indexOf, readId, sourceOf } from '../records/source';
import { indexNames, indexOptions, resolveIndices } from '../search/indices';
import { parseSearch } from '../search/request';
import { count, fieldsOf, search, type SearchTarget } from '../search/search';
import { parseObject } from './body';
import type { Answer, Call, Route, Store } from './context';

/** Indexes that a path names, and all there are. */
export function target(
  store: Store,
  expression: string | undefined,
  query: URLSearchParams,
): SearchTarget {
  const { archive, clock } = store;
  const now = clock.now();
  const known = indexNames(archive, now);
  const indices = resolveIndices(
    known,
    decodeURIComponent(expression ?? '*'),
    indexOptions(query),
  );
  const source = query.get('_source');
  return {
    archive,
    now,
    known,
    indices,
    ...(source === null ? {} : { source }),
  };
}

function refuseWhenBusy({ effects, version }: Store): void {
  if (effects.logStore === 'rejecting') {
    throw new ElasticError(
      429,
      version.product === 'opensearch'
        ? 'rejected_execution_exception'
        : 'es_rejected_execution_exception',
      'rejected execution of TimedRunnable on TaskExecutor[name = kepler-logs-0/search, queue capacity = 1000, active threads = 7, queued tasks = 1000]',
    );
  }
  if (effects.logStore === 'red') {
    throw new ElasticError(
      503,
      'search_phase_execution_exception',
      'all shards failed',
      { phase: 'query', grouped: true, failed_shards: [] },
    );
  }
}

function answerSearch(
  store: Store,
  body: Readonly<Record<string, unknown>>,
  query: URLSearchParams,
  expression: string | undefined,
): Record<string, unknown> {
  refuseWhenBusy(store);
  const started = performance.now();
  const request = parseSearch(body, query, expression ?? 'filebeat-*');
  let asked: SearchTarget;
  if (request.pit) {
    if (expression !== undefined) {
      throw new ElasticError(
        400,
        'action_request_validation_exception',
        'Validation Failed: 1: [indices] cannot be used with point in time. Do not specify any index with point in time.;',
      );
    }
    const { id, keepAlive } = request.pit;
    const point = store.points.find(id, keepAlive);
    asked = {
      ...target(store, undefined, query),
      indices: point.indices,
      point,
    };
  } else asked = target(store, expression, query);
  const isOrdered = store.version.product === 'elasticsearch';
  const answer = search(request, { ...asked, isOrdered });
  return { took: Math.round(performance.now() - started), ...answer };
}

const searchRoute: Route = (store, { body, query }, [index]) => ({
  body: answerSearch(store, body, query, index),
});

const countRoute: Route = (store, { body, query }, [index]) => {
  refuseWhenBusy(store);
  return { body: count(body, target(store, index, query)) };
};

/** Pairs of lines: where, and what. One failing search does not fail the others. */
function answerMany(store: Store, { text, query }: Call, index?: string) {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  if (lines.length % 2 !== 0) {
    throw parsingError('The msearch request must be terminated by a newline');
  }
  const responses: Record<string, unknown>[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    const header = parseObject(lines[at]);
    const named = asStrings([header.index].flat()).join(',');
    try {
      const body = parseObject(lines[at + 1]);
      const expression = named === '' ? index : named;
      const own = new URLSearchParams(query);
      if (header.ignore_unavailable === true) {
        own.set('ignore_unavailable', 'true');
      }
      const answer = answerSearch(store, body, own, expression);
      responses.push({ ...answer, status: 200 });
    } catch (error) {
      if (!(error instanceof ElasticError)) throw error;
      responses.push(error.body());
    }
  }
  return { took: 0, responses };
}

const manyRoute: Route = (store, call, [index]) => ({
  body: answerMany(store, call, index),
});

const capabilitiesRoute: Route = (store, { query, body }, [index]) => {
  const { indices } = target(store, index, query);
  const asked = query.get('fields')?.split(',') ?? [body.fields].flat();
  const patterns = asStrings(asked);
  if (patterns.length === 0) {
    throw new ElasticError(
      400,
      'action_request_validation_exception',
      'Validation Failed: 1: no fields specified;',
    );
  }
  return {
    body: fieldCapabilities(fieldsOf(store.archive), patterns, indices),
  };
};

const documentRoute: Route = (store, { query }, [index, id]) => {
  const { archive, indices, now } = target(store, index, query);
  if (indices.length === 0) throw indexNotFound(index);
  const wanted = decodeURIComponent(id);
  const { second } = readId(wanted);
  const record = archive.shelf
    .second(second)
    .find(each => idOf(each) === wanted && each.visibleAt <= now);
  if (!record || !indices.includes(indexOf(record))) {
    const missing = { _index: indices[0], _id: wanted, found: false };
    return { status: 404, body: missing } satisfies Answer;
  }
  return {
    body: {
      _index: indexOf(record),
      _id: wanted,
      _version: 1,
      _seq_no: record.order,
      _primary_term: 1,
      found: true,
      _source: asRecord(sourceOf(record)),
    },
  };
};

/** Routes that read documents; the first group of a path is the index. */
export const searchRoutes: readonly (readonly [string, RegExp, Route])[] = [
  ['GET POST', /^\/(?:([^_/][^/]*|_all)\/)?_search$/, searchRoute],
  ['GET POST', /^\/(?:([^_/][^/]*|_all)\/)?_count$/, countRoute],
  ['GET POST', /^\/(?:([^_/][^/]*|_all)\/)?_msearch$/, manyRoute],
  ['GET POST', /^\/(?:([^_/][^/]*|_all)\/)?_field_caps$/, capabilitiesRoute],
  ['GET HEAD', /^\/([^_/][^/]*)\/_doc\/([^/]+)$/, documentRoute],
];
