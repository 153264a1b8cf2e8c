import { asNumber, asRecord, asString } from '../../simulator/read';
import {
  ElasticError,
  illegalArgument,
  parsingError,
  ShardError,
} from '../errors';

/** Hits that `from` and `size` can reach. */
const WINDOW = 10_000;
/** Hits that are counted unless a request says otherwise. */
const COUNTED = 10_000;

const KNOWN = new Set([
  'query',
  'from',
  'size',
  'sort',
  'search_after',
  'track_total_hits',
  'track_scores',
  '_source',
  'fields',
  'docvalue_fields',
  'stored_fields',
  'script_fields',
  'highlight',
  'timeout',
  'terminate_after',
  'aggs',
  'aggregations',
  'pit',
  'version',
  'seq_no_primary_term',
  'explain',
  'profile',
  'min_score',
  'post_filter',
  'runtime_mappings',
  'indices_boost',
  'collapse',
  'stats',
]);

/** A search that has been read. */
export interface SearchRequest {
  query: unknown;
  from: number;
  size: number;
  sort: unknown;
  searchAfter: unknown;
  /** How many hits are counted; undefined for none. */
  counted: number | undefined;
  terminateAfter: number;
  aggregations: Readonly<Record<string, unknown>>;
  pit?: { id: string; keepAlive?: string };
  body: Readonly<Record<string, unknown>>;
}

function whole(value: unknown, name: string, standard: number): number {
  if (value === undefined || value === null) return standard;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) {
    throw illegalArgument(
      `[${name}] parameter cannot be negative, found [${String(value)}]`,
    );
  }
  return number;
}

function countedHits(value: unknown): number | undefined {
  if (value === undefined || value === null) return COUNTED;
  if (value === true || value === 'true') return Infinity;
  if (value === false || value === 'false') return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) {
    throw illegalArgument(
      `[track_total_hits] parameter must be positive or equals to -1, got ${String(
        value,
      )}`,
    );
  }
  return number;
}

/**
 * Reads a search from its body and the query string, which comes first.
 *
 * @throws ElasticError
 */
export function parseSearch(
  body: Readonly<Record<string, unknown>>,
  query: URLSearchParams,
  index: string,
): SearchRequest {
  const unknown = Object.keys(body).find(key => !KNOWN.has(key));
  if (unknown !== undefined) {
    throw parsingError(`unknown key [${unknown}] in the search request`);
  }
  const text = query.get('q');
  const from = whole(query.get('from') ?? body.from, 'from', 0);
  const size = whole(query.get('size') ?? body.size, 'size', 10);
  if (from + size > WINDOW) {
    throw new ShardError(
      'illegal_argument_exception',
      `Result window is too large, from + size must be less than or equal to: [${WINDOW}] but was [${
        from + size
      }]. See the scroll api for a more efficient way to request large data sets. This limit can be set by changing the [index.max_result_window] index level setting.`,
      index,
    );
  }
  if (body.search_after !== undefined && from > 0) {
    throw new ElasticError(
      400,
      'action_request_validation_exception',
      'Validation Failed: 1: `from` parameter must be set to 0 when `search_after` is used;',
    );
  }
  const pit = body.pit === undefined ? undefined : asRecord(body.pit);
  const id = asString(pit?.id);
  if (pit && id === undefined) throw parsingError('[pit] needs an [id]');
  const keepAlive = asString(pit?.keep_alive);
  const sorted = query.get('sort');
  return {
    query: text === null ? body.query : { query_string: { query: text } },
    from,
    size,
    sort:
      sorted === null
        ? body.sort
        : sorted.split(',').map(part => {
            const [name, order = 'asc'] = part.split(':');
            return { [name]: { order } };
          }),
    searchAfter: body.search_after,
    counted: countedHits(
      query.get('track_total_hits') ?? body.track_total_hits,
    ),
    terminateAfter: asNumber(body.terminate_after) || Infinity,
    aggregations: asRecord(body.aggs ?? body.aggregations),
    ...(id === undefined
      ? {}
      : { pit: { id, ...(keepAlive === undefined ? {} : { keepAlive }) } }),
    body,
  };
}
