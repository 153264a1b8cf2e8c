import { parsingError, ElasticError, ShardError } from '../errors';
import type { Field } from '../fields/fields';
import { asRecord, asString } from '../../simulator/read';
import { matchNone, onField, type Clause, type QueryContext } from './clause';
import { parseDate } from './dateMath';

const BOUNDS = ['gt', 'gte', 'lt', 'lte', 'from', 'to'] as const;
const OTHERS = new Set([
  'format',
  'time_zone',
  'relation',
  'boost',
  'include_lower',
  'include_upper',
  '_name',
]);

type Bound = 'gt' | 'gte' | 'lt' | 'lte';

/** A date bound: rounding goes where the bound keeps its meaning (`lte: now/d` is the end of the day). */
function dateBound(bound: Bound, value: unknown, now: number): number {
  const roundUp = bound === 'gt' || bound === 'lte';
  const read = parseDate(
    typeof value === 'number' ? value : String(value),
    now,
    roundUp,
  );
  if (read !== undefined) return read;
  throw new ElasticError(
    400,
    'parse_exception',
    `failed to parse date field [${value}] with format [strict_date_optional_time||epoch_millis]: [failed to parse date field [${value}] with format [strict_date_optional_time||epoch_millis]]`,
  );
}

function numberBound(value: unknown, index: string): number {
  const read = Number(value);
  if (!Number.isNaN(read) && value !== '') return read;
  throw new ShardError(
    'query_shard_exception',
    `failed to create query: For input string: "${value}"`,
    index,
  );
}

const compare: Record<
  Bound,
  (value: string | number, bound: string | number) => boolean
> = {
  gt: (value, bound) => value > bound,
  gte: (value, bound) => value >= bound,
  lt: (value, bound) => value < bound,
  lte: (value, bound) => value <= bound,
};

/** A clause between bounds that a field's type can have. */
export function rangeClause(
  context: QueryContext,
  field: Field | undefined,
  bounds: Partial<Record<Bound, unknown>>,
): Clause {
  if (!field) return matchNone;
  const read = Object.entries(bounds).map(([name, value]) => {
    const bound = name as Bound;
    if (field.type === 'date') {
      return [bound, dateBound(bound, value, context.now)] as const;
    }
    if (field.type === 'long') {
      return [bound, numberBound(value, context.index)] as const;
    }
    return [bound, String(value)] as const;
  });
  const found = onField(
    field,
    value =>
      typeof value !== 'boolean' &&
      read.every(([bound, limit]) => compare[bound](value, limit)),
  );
  if (field.name !== '@timestamp') return found;
  let from = -Infinity;
  let to = Infinity;
  for (const [bound, limit] of read) {
    if (bound.startsWith('g')) from = Math.max(from, Number(limit));
    else to = Math.min(to, Number(limit));
  }
  return { ...found, cost: 0, from, to };
}

/** `range` as a request has it. */
export function parseRange(context: QueryContext, body: unknown): Clause {
  const [[name, spec] = [], ...more] = Object.entries(asRecord(body));
  if (name === undefined || more.length > 0) {
    throw parsingError(
      '[range] query malformed, expected one field with its bounds',
    );
  }
  const bounds: Partial<Record<Bound, unknown>> = {};
  for (const [key, value] of Object.entries(asRecord(spec))) {
    if (BOUNDS.some(bound => bound === key)) {
      if (value === null || value === undefined) continue;
      if (key === 'from') bounds.gte = value;
      else if (key === 'to') bounds.lte = value;
      else bounds[key as Bound] = value;
    } else if (!OTHERS.has(key)) {
      throw parsingError(`[range] query does not support [${key}]`);
    }
  }
  const format = asString(asRecord(spec).format);
  if (format === 'epoch_millis') {
    for (const [key, value] of Object.entries(bounds)) {
      if (/^-?\d+$/.test(String(value))) bounds[key as Bound] = Number(value);
    }
  }
  return rangeClause(context, context.field(name), bounds);
}
