import { asNumber, asRecord, asString, isRecord } from '../../simulator/read';
import { illegalArgument, ShardError } from '../errors';
import type { FieldValue } from '../fields/fields';
import { Bucket, type AggregationParts, type Factory } from './aggregator';

type Compare = (
  first: readonly [FieldValue, Bucket],
  other: readonly [FieldValue, Bucket],
) => number;

const byKey: Compare = ([first], [other]) => {
  if (first === other) return 0;
  return first < other ? -1 : 1;
};
const byCount: Compare = ([, first], [, other]) => first.count - other.count;

function orderOf(order: unknown): Compare {
  if (order === undefined) {
    return (first, other) => byCount(other, first) || byKey(first, other);
  }
  const orders = [order].flat().map(entry => {
    const [name, direction] = Object.entries(asRecord(entry))[0] ?? [];
    let compare: Compare;
    if (name === '_count') compare = byCount;
    else if (name === '_key' || name === '_term') compare = byKey;
    else {
      compare = ([, first], [, other]) =>
        metricOf(first, name) - metricOf(other, name);
    }
    return direction === 'desc'
      ? (((first, other) => compare(other, first)) satisfies Compare)
      : compare;
  });
  return (first, other) => {
    for (const compare of orders) {
      const result = compare(first, other);
      if (result !== 0) return result;
    }
    return byKey(first, other);
  };
}

function metricOf(bucket: Bucket, name: string): number {
  const [metric] = name.split(/[.>]/);
  const found = bucket.result()[metric];
  return (isRecord(found) && asNumber(found.value)) || 0;
}

/** `terms`: the values of a field that most records have. */
export function termsAggregation(parts: AggregationParts): Factory {
  const { context, spec, inner } = parts;
  const name = asString(spec.field);
  if (name === undefined)
    throw illegalArgument(
      'Required one of fields [field, script], but none were specified.',
    );
  const field = context.field(name);
  if (field?.type === 'match_only_text') {
    throw new ShardError(
      'illegal_argument_exception',
      `Fielddata is disabled on [${name}] in [${context.index}]. Text fields are not optimised for operations that require per-document field data like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead.`,
      context.index,
    );
  }
  const size = asNumber(spec.size) ?? 10;
  if (size <= 0) {
    throw illegalArgument(
      `[size] must be greater than 0. Found [${size}] in [${name}]`,
    );
  }
  const least = asNumber(spec.min_doc_count) ?? 1;
  const compare = orderOf(spec.order);
  const missing =
    typeof spec.missing === 'string' || typeof spec.missing === 'number'
      ? spec.missing
      : undefined;
  const include = asString(spec.include);
  const fits =
    include === undefined ? undefined : new RegExp(`^(?:${include})$`, 'u');
  return () => {
    const buckets = new Map<FieldValue, Bucket>();
    return {
      add(record) {
        const value = field?.read(record) ?? missing;
        if (value === undefined || (fits && !fits.test(String(value)))) return;
        let bucket = buckets.get(value);
        if (!bucket) buckets.set(value, (bucket = new Bucket(inner)));
        bucket.add(record);
      },
      result() {
        const ordered = [...buckets]
          .filter(([, { count }]) => count >= least)
          .sort(compare);
        return {
          doc_count_error_upper_bound: 0,
          sum_other_doc_count: ordered
            .slice(size)
            .reduce((sum, [, { count }]) => sum + count, 0),
          buckets: ordered.slice(0, size).map(([key, bucket]) => ({
            key,
            ...(field?.type === 'date'
              ? { key_as_string: new Date(Number(key)).toISOString() }
              : {}),
            ...bucket.result(),
          })),
        };
      },
    };
  };
}
