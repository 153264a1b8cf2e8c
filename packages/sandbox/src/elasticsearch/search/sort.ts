import { asRecord, asString, isRecord } from '../../simulator/read';
import { illegalArgument, parsingError, ShardError } from '../errors';
import type { FieldValue } from '../fields/fields';
import { parseDate } from '../query/dateMath';
import type { QueryContext } from '../query/clause';
import type { LogRecord } from '../records/LogRecord';

/** One thing that hits are sorted by. */
export interface SortKey {
  name: string;
  descending: boolean;
  /** Where documents without the field go. */
  missing: 'first' | 'last' | FieldValue;
  read(record: LogRecord): FieldValue | undefined;
  isDate: boolean;
  /** How a date's value is written in a hit. */
  format?: string;
}

/** A value of one key in a hit's `sort`. */
export type SortValue = FieldValue | null;

function oneKey(context: QueryContext, entry: unknown): SortKey {
  const [name, spec] =
    typeof entry === 'string'
      ? [entry, {}]
      : Object.entries(asRecord(entry))[0] ?? [undefined, {}];
  if (name === undefined) {
    throw illegalArgument('malformed sort format, expected a field');
  }
  const options = isRecord(spec) ? spec : { order: spec };
  const order = String(
    options.order ?? (name === '_score' ? 'desc' : 'asc'),
  ).toLowerCase();
  if (order !== 'asc' && order !== 'desc') {
    throw parsingError(`No enum constant SortOrder.${order.toUpperCase()}`);
  }
  const missing = asString(options.missing);
  const base = {
    name,
    descending: order === 'desc',
    missing: missing === '_first' ? ('first' as const) : ('last' as const),
    isDate: false,
  };
  if (name === '_shard_doc' || name === '_doc') {
    return { ...base, read: record => record.order };
  }
  if (name === '_score') return { ...base, read: () => 1 };
  if (name === '_id') {
    throw illegalArgument(
      'Fielddata access on the _id field is disallowed, you can re-enable it by updating the dynamic cluster setting: indices.id_field_data.enabled',
    );
  }
  const field = context.field(name);
  if (!field) {
    if (options.unmapped_type !== undefined) {
      return { ...base, read: () => undefined };
    }
    throw new ShardError(
      'query_shard_exception',
      `No mapping found for [${name}] in order to sort on`,
      context.index,
    );
  }
  if (field.type === 'match_only_text') {
    throw new ShardError(
      'illegal_argument_exception',
      `Field [${name}] of type [match_only_text] doesn't support sorting`,
      context.index,
    );
  }
  const format = asString(options.format);
  return {
    ...base,
    read: field.read,
    isDate: field.type === 'date',
    ...(format === undefined ? {} : { format }),
  };
}

/** The keys that a request sorts by; `_shard_doc` is added where a point in time is searched. */
export function parseSort(
  context: QueryContext,
  sort: unknown,
  inPointInTime: boolean,
): SortKey[] {
  const entries = sort === undefined ? [] : [sort].flat();
  const keys = entries.flatMap(entry =>
    isRecord(entry) && Object.keys(entry).length > 1
      ? Object.entries(entry).map(([name, spec]) =>
          oneKey(context, { [name]: spec }),
        )
      : oneKey(context, entry),
  );
  const hasOrder = keys.some(({ name }) => name === '_shard_doc');
  if (hasOrder && !inPointInTime) {
    throw illegalArgument(
      '[_shard_doc] sort field cannot be used without [point in time]',
    );
  }
  return inPointInTime && !hasOrder && keys.length > 0
    ? [...keys, oneKey(context, '_shard_doc')]
    : keys;
}

/** How two values of one key compare, its direction heeded. */
function compareValues(
  { descending, missing }: SortKey,
  first: SortValue | undefined,
  other: SortValue | undefined,
): number {
  const noFirst = first === undefined || first === null;
  const noOther = other === undefined || other === null;
  if (noFirst || noOther) {
    if (noFirst && noOther) return 0;
    const toFront = missing === 'first';
    return noFirst === toFront ? -1 : 1;
  }
  if (first === other) return 0;
  return first < other === descending ? 1 : -1;
}

/** How two records compare by all keys, and in the order of the index where these are equal. */
export function compareRecords(
  keys: readonly SortKey[],
  first: LogRecord,
  other: LogRecord,
): number {
  for (const key of keys) {
    const order = compareValues(key, key.read(first), key.read(other));
    if (order !== 0) return order;
  }
  return first.order - other.order;
}

/** How a record compares with the values of `search_after`. */
export function compareAfter(
  keys: readonly SortKey[],
  record: LogRecord,
  after: readonly SortValue[],
): number {
  for (const [index, key] of keys.entries()) {
    const order = compareValues(key, key.read(record), after[index]);
    if (order !== 0) return order;
  }
  return 0;
}

/** `search_after`, one value for each key. */
export function parseAfter(
  keys: readonly SortKey[],
  after: unknown,
  now: number,
): SortValue[] | undefined {
  if (after === undefined) return undefined;
  if (!Array.isArray(after)) {
    throw parsingError('[search_after] must be an array of values');
  }
  if (keys.length === 0) {
    throw illegalArgument('Sort must contain at least one field.');
  }
  if (after.length !== keys.length) {
    throw illegalArgument(
      `search_after has ${after.length} value(s) but sort has ${keys.length}.`,
    );
  }
  return after.map((value: unknown, index) => {
    if (value === null) return null;
    const key = keys[index];
    if (!key.isDate) return value as FieldValue;
    const at = parseDate(
      typeof value === 'number' ? value : String(value),
      now,
    );
    if (at === undefined) {
      throw illegalArgument(
        `Failed to parse search_after value for field [${key.name}].`,
      );
    }
    return at;
  });
}

/** A hit's `sort`. */
export function sortValues(
  keys: readonly SortKey[],
  record: LogRecord,
): SortValue[] {
  return keys.map(({ read, isDate, format }) => {
    const value = read(record) ?? null;
    return isDate &&
      typeof value === 'number' &&
      format?.includes('strict_date')
      ? new Date(value).toISOString()
      : value;
  });
}
