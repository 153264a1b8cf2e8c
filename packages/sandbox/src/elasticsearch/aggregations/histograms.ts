import { asNumber, asRecord, asString } from '../../simulator/read';
import { ElasticError, illegalArgument, ShardError } from '../errors';
import { parseDate } from '../query/dateMath';
import type { QueryContext } from '../query/clause';
import type { LogRecord } from '../records/LogRecord';
import { timeValue } from '../search/PointsInTime';
import { Bucket, type AggregationParts, type Factory } from './aggregator';

/** Buckets of one answer. */
const MOST_BUCKETS = 65_536;

const CALENDAR: Readonly<Record<string, string>> = {
  minute: '1m',
  '1m': '1m',
  hour: '1h',
  '1h': '1h',
  day: '1d',
  '1d': '1d',
  week: '7d',
  '1w': '7d',
};

function dateReader({ context, spec }: AggregationParts) {
  const name = asString(spec.field);
  const field = name === undefined ? undefined : context.field(name);
  if (field && field.type !== 'date') {
    throw new ShardError(
      'illegal_argument_exception',
      `Field [${name}] of type [${field.type}] is not supported for aggregation [date_histogram]`,
      context.index,
    );
  }
  return (record: LogRecord) => Number(field?.read(record) ?? NaN);
}

function tooMany(): never {
  throw new ElasticError(
    503,
    'too_many_buckets_exception',
    `Trying to create too many buckets. Must be less than or equal to: [${MOST_BUCKETS}]. This limit can be set by changing the [search.max_buckets] cluster level setting.`,
    { max_buckets: MOST_BUCKETS },
  );
}

function bound(context: QueryContext, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  return parseDate(
    typeof value === 'number' ? value : String(value),
    context.now,
  );
}

function intervalOf(spec: AggregationParts['spec']): number {
  const fixed = asString(spec.fixed_interval);
  const calendar = asString(spec.calendar_interval);
  if (fixed !== undefined) return timeValue(fixed, 'fixed_interval');
  if (calendar === undefined) {
    throw illegalArgument(
      'Invalid interval specified, must be non-null and non-empty',
    );
  }
  const length = CALENDAR[calendar];
  if (length === undefined) {
    throw illegalArgument(
      `The supplied interval [${calendar}] could not be parsed as a calendar interval.`,
    );
  }
  return timeValue(length, 'calendar_interval');
}

/** Milliseconds that a histogram's buckets are moved by. */
function offsetOf(spec: AggregationParts['spec']): number {
  const offset = asString(spec.offset);
  if (offset === undefined) return 0;
  const negative = offset.startsWith('-');
  const length = timeValue(offset.replace(/^[+-]/, ''), 'offset');
  return negative ? -length : length;
}

/** `date_histogram`. */
export function dateHistogram(parts: AggregationParts): Factory {
  const { context, spec, inner } = parts;
  const read = dateReader(parts);
  const interval = intervalOf(spec);
  if (interval <= 0) {
    throw illegalArgument(
      '[interval] must be 1 or greater for aggregation [date_histogram]',
    );
  }
  const offset = offsetOf(spec);
  const least = asNumber(spec.min_doc_count) ?? 0;
  const extended = asRecord(spec.extended_bounds);
  const hard = asRecord(spec.hard_bounds);
  const hardMin = bound(context, hard.min) ?? -Infinity;
  const hardMax = bound(context, hard.max) ?? Infinity;
  const keyOf = (at: number) =>
    Math.floor((at - offset) / interval) * interval + offset;
  return () => {
    const buckets = new Map<number, Bucket>();
    const bucket = (key: number) => {
      const known = buckets.get(key);
      if (known) return known;
      if (buckets.size >= MOST_BUCKETS) tooMany();
      const made = new Bucket(inner);
      buckets.set(key, made);
      return made;
    };
    return {
      add(record) {
        const at = read(record);
        if (at >= hardMin && at <= hardMax) bucket(keyOf(at)).add(record);
      },
      result() {
        if (least === 0) {
          const keys = [...buckets.keys()];
          const min = bound(context, extended.min);
          const max = bound(context, extended.max);
          const first = Math.min(
            ...keys,
            ...(min === undefined ? [] : [keyOf(min)]),
          );
          const last = Math.max(
            ...keys,
            ...(max === undefined ? [] : [keyOf(max)]),
          );
          if ((last - first) / interval >= MOST_BUCKETS) tooMany();
          for (let key = first; key <= last; key += interval) bucket(key);
        }
        return { buckets: written(buckets, least) };
      },
    };
  };
}

function written(buckets: ReadonlyMap<number, Bucket>, least: number) {
  return [...buckets]
    .filter(([, { count }]) => count >= least)
    .sort(([first], [other]) => first - other)
    .map(([key, bucket]) => ({
      key_as_string: new Date(key).toISOString(),
      key,
      ...bucket.result(),
    }));
}

/** Interval lengths that an automatic histogram chooses from, as Elasticsearch's. */
const ROUND: readonly (readonly [string, number])[] = [
  ...[1, 5, 10, 30].map(count => [`${count}s`, count * 1000] as const),
  ...[1, 5, 10, 30].map(count => [`${count}m`, count * 60_000] as const),
  ...[1, 3, 12].map(count => [`${count}h`, count * 3_600_000] as const),
  ...[1, 7].map(count => [`${count}d`, count * 86_400_000] as const),
];

/** `auto_date_histogram`: at most so many buckets of a round length. */
export function autoDateHistogram(parts: AggregationParts): Factory {
  const { spec, inner } = parts;
  const read = dateReader(parts);
  const wanted = asNumber(spec.buckets) ?? 10;
  return () => {
    const records: LogRecord[] = [];
    return {
      add: record => records.push(record),
      result() {
        const times = records.map(read).filter(Number.isFinite);
        let first = Infinity;
        let last = -Infinity;
        for (const at of times) {
          first = Math.min(first, at);
          last = Math.max(last, at);
        }
        const fits = ([, length]: (typeof ROUND)[number]) =>
          Math.floor(last / length) - Math.floor(first / length) < wanted;
        const [name, length] = ROUND.find(fits) ?? ROUND[ROUND.length - 1];
        const buckets = new Map<number, Bucket>();
        for (
          let key = Math.floor(first / length) * length;
          key <= last;
          key += length
        ) {
          buckets.set(key, new Bucket(inner));
        }
        for (const record of records) {
          buckets.get(Math.floor(read(record) / length) * length)?.add(record);
        }
        return { buckets: written(buckets, 0), interval: name };
      },
    };
  };
}
