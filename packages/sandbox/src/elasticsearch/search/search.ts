import { compileAggregations } from '../aggregations/compile';
import { parsingError } from '../errors';
import { allFields, findField, type Field } from '../fields/fields';
import type { QueryContext } from '../query/clause';
import { compileQuery } from '../query/compileQuery';
import { HighlightTerms } from '../query/HighlightTerms';
import type { LogArchive } from '../records/LogArchive';
import { indexOf } from '../records/source';
import type { LogRecord } from '../records/LogRecord';
import { collect } from './collect';
import { createHighlighter } from './highlight';
import { createHitWriter } from './hits';
import type { PointInTime } from './PointsInTime';
import type { SearchRequest } from './request';
import { parseAfter, parseSort } from './sort';

/** What a search is asked of. */
export interface SearchTarget {
  archive: LogArchive;
  now: number;
  indices: readonly string[];
  /** All there are: a search of all of them need not look which one a record is in. */
  known: readonly string[];
  point?: PointInTime;
  /** Whether a point in time adds the index's own order to a sort, as Elasticsearch does. */
  isOrdered?: boolean;
  /** `_source` of the query string. */
  source?: string;
}

/** The fields that documents of an archive have. */
export function fieldsOf({ origins }: LogArchive): Field[] {
  return allFields(origins.labels());
}

function contextOf(
  { archive, now, indices }: SearchTarget,
  highlights?: HighlightTerms,
): QueryContext {
  return {
    now,
    index: indices.at(-1) ?? 'filebeat-*',
    fields: fieldsOf(archive),
    field: findField,
    ...(highlights ? { highlights } : {}),
  };
}

/** Whether a record was there when the search, or its point in time, began. */
function visibility({ now, indices, known, point }: SearchTarget) {
  const at = point?.openedAt ?? now;
  const order = point?.order ?? Infinity;
  const isAll = indices.length === known.length;
  const wanted = new Set(indices);
  return (record: LogRecord) =>
    record.visibleAt <= at &&
    record.order < order &&
    (isAll || wanted.has(indexOf(record)));
}

function shards(indices: readonly string[]) {
  const { length: total } = indices;
  return { total, successful: total, skipped: 0, failed: 0 };
}

/** The answer to a search, without `took`. */
export function search(
  request: SearchRequest,
  target: SearchTarget,
): Record<string, unknown> {
  const { archive, now, indices, point, isOrdered = true } = target;
  const terms = new HighlightTerms();
  const context = contextOf(target, terms);
  const clause = compileQuery(context, request.query);
  const keys = parseSort(
    context,
    request.sort,
    point !== undefined && isOrdered,
  );
  const after = parseAfter(keys, request.searchAfter, now);
  const aggregator = compileAggregations(
    context,
    request.aggregations,
    clause,
  )?.();
  const { from, size, counted, terminateAfter, body } = request;
  const found = collect({
    shelf: archive.shelf,
    clause,
    isVisible: visibility(target),
    keys,
    ...(after ? { after } : {}),
    wanted: from + size,
    counted,
    terminateAfter,
    ...(aggregator ? { each: record => aggregator.add(record) } : {}),
  });
  const write = createHitWriter({
    body,
    source: target.source,
    keys,
    fields: context.fields,
    highlight: createHighlighter(body.highlight, terms, context.fields),
  });
  const isCut = counted !== undefined && found.total > counted;
  return {
    timed_out: false,
    ...(found.terminatedEarly ? { terminated_early: true } : {}),
    ...(point ? { pit_id: point.id } : {}),
    _shards: shards(indices),
    hits: {
      ...(counted === undefined
        ? {}
        : {
            total: {
              value: Math.min(found.total, counted),
              relation: isCut ? 'gte' : 'eq',
            },
          }),
      max_score: keys.length === 0 && found.hits.length > 0 ? 1 : null,
      hits: found.hits.slice(from, from + size).map(write),
    },
    ...(aggregator ? { aggregations: aggregator.result() } : {}),
  };
}

/** The answer to `_count`. */
export function count(
  body: Readonly<Record<string, unknown>>,
  target: SearchTarget,
): Record<string, unknown> {
  const unknown = Object.keys(body).find(key => key !== 'query');
  if (unknown !== undefined) {
    throw parsingError(`request does not support [${unknown}]`);
  }
  const { total } = collect({
    shelf: target.archive.shelf,
    clause: compileQuery(contextOf(target), body.query),
    isVisible: visibility(target),
    keys: [],
    wanted: 0,
    counted: Infinity,
    terminateAfter: Infinity,
  });
  return { count: total, _shards: shards(target.indices) };
}
