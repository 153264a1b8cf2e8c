import { asNumber, asRecord, asString, isRecord } from '../../simulator/read';
import { parsingError } from '../errors';
import type { QueryContext } from '../query/clause';
import { compileQuery } from '../query/compileQuery';
import type { LogRecord } from '../records/LogRecord';
import {
  Bucket,
  type AggregationParts,
  type Aggregator,
  type Factory,
} from './aggregator';
import { autoDateHistogram, dateHistogram } from './histograms';
import { termsAggregation } from './terms';

type Compile = (parts: AggregationParts) => Factory;

/** Metrics that are one number of a field's numbers. */
function metric(
  start: number | undefined,
  next: (sum: number | undefined, value: number) => number,
): Compile {
  return ({ context, spec }) => {
    const field = context.field(asString(spec.field) ?? '');
    return () => {
      let value = start;
      return {
        add(record) {
          const read = field?.read(record);
          if (typeof read === 'number') value = next(value, read);
        },
        result: () => ({
          value: value ?? null,
          ...(field?.type === 'date' && value !== undefined
            ? { value_as_string: new Date(value).toISOString() }
            : {}),
        }),
      };
    };
  };
}

const average: Compile = ({ context, spec }) => {
  const field = context.field(asString(spec.field) ?? '');
  return () => {
    let sum = 0;
    let count = 0;
    return {
      add(record) {
        const read = field?.read(record);
        if (typeof read !== 'number') return;
        sum += read;
        count++;
      },
      result: () => ({ value: count === 0 ? null : sum / count }),
    };
  };
};

const distinct =
  (result: (values: Set<unknown>, count: number) => number): Compile =>
  ({ context, spec }) => {
    const field = context.field(asString(spec.field) ?? '');
    return () => {
      const values = new Set<unknown>();
      let count = 0;
      return {
        add(record) {
          const value = field?.read(record);
          if (value === undefined) return;
          values.add(value);
          count++;
        },
        result: () => ({ value: result(values, count) }),
      };
    };
  };

const filters: Compile = ({ context, spec, inner }) => {
  const quiet = { ...context, highlights: undefined };
  const named = isRecord(spec.filters);
  const tests = Object.entries(spec.filters ?? {}).map(
    ([name, query]) => [name, compileQuery(quiet, query).test] as const,
  );
  const others =
    asString(spec.other_bucket_key) ??
    (spec.other_bucket === true ? '_other_' : undefined);
  return () => {
    const buckets = tests.map(([name, test]) => ({
      name,
      test,
      bucket: new Bucket(inner),
    }));
    const rest = new Bucket(inner);
    return {
      add(record) {
        const fitting = buckets.filter(({ test }) => test(record));
        fitting.forEach(({ bucket }) => bucket.add(record));
        if (fitting.length === 0) rest.add(record);
      },
      result() {
        const all: [string, Bucket][] = [
          ...buckets.map(({ name, bucket }): [string, Bucket] => [
            name,
            bucket,
          ]),
          ...(others === undefined ? [] : [[others, rest] as [string, Bucket]]),
        ];
        return {
          buckets: named
            ? Object.fromEntries(
                all.map(([name, bucket]) => [name, bucket.result()]),
              )
            : all.map(([, bucket]) => bucket.result()),
        };
      },
    };
  };
};

const filter: Compile = ({ context, spec, inner }) => {
  const { test } = compileQuery({ ...context, highlights: undefined }, spec);
  return () => {
    const bucket = new Bucket(inner);
    return {
      add(record) {
        if (test(record)) bucket.add(record);
      },
      result: () => bucket.result(),
    };
  };
};

const missing: Compile = ({ context, spec, inner }) => {
  const field = context.field(asString(spec.field) ?? '');
  return () => {
    const bucket = new Bucket(inner);
    return {
      add(record) {
        if (field?.read(record) === undefined) bucket.add(record);
      },
      result: () => bucket.result(),
    };
  };
};

/** The first so many records of a shard. */
const sampler: Compile = ({ spec, inner }) => {
  const size = asNumber(spec.shard_size) ?? 100;
  return () => {
    const bucket = new Bucket(inner);
    return {
      add(record) {
        if (bucket.count < size) bucket.add(record);
      },
      result: () => bucket.result(),
    };
  };
};

const kinds: Readonly<Record<string, Compile>> = {
  date_histogram: dateHistogram,
  auto_date_histogram: autoDateHistogram,
  terms: termsAggregation,
  filters,
  filter,
  missing,
  sampler,
  min: metric(undefined, (least, value) => Math.min(least ?? Infinity, value)),
  max: metric(undefined, (most, value) => Math.max(most ?? -Infinity, value)),
  sum: metric(0, (sum, value) => (sum ?? 0) + value),
  avg: average,
  cardinality: distinct(({ size }) => size),
  value_count: distinct((_, count) => count),
};

const BESIDE = new Set(['aggs', 'aggregations', 'meta']);

/** Several aggregations beside each other. */
class Several implements Aggregator {
  constructor(
    private readonly parts: readonly (readonly [string, Aggregator])[],
  ) {}

  add(record: LogRecord): void {
    for (const [, part] of this.parts) part.add(record);
  }

  result(): Record<string, unknown> {
    return Object.fromEntries(
      this.parts.map(([name, part]) => [name, part.result()]),
    );
  }
}

/**
 * The aggregations of a request, or of a bucket.
 *
 * @throws ElasticError for what cannot be read
 */
export function compileAggregations(
  context: QueryContext,
  specs: Readonly<Record<string, unknown>>,
  range: { from: number; to: number },
): Factory | undefined {
  const factories = Object.entries(specs).map(([name, spec]) => {
    const body = asRecord(spec);
    const [kind, another] = Object.keys(body).filter(key => !BESIDE.has(key));
    if (kind === undefined) {
      throw parsingError(`Missing definition for aggregation [${name}]`);
    }
    if (another !== undefined) {
      throw parsingError(
        `Found two aggregation type definitions in [${name}]: [${kind}] and [${another}]`,
      );
    }
    const compile = kinds[kind];
    if (!compile) throw parsingError(`Unknown aggregation type [${kind}]`);
    const factory = compile({
      context,
      spec: asRecord(body[kind]),
      inner: compileAggregations(
        context,
        asRecord(body.aggs ?? body.aggregations),
        range,
      ),
      ...range,
    });
    return [name, factory] as const;
  });
  if (factories.length === 0) return undefined;
  return () =>
    new Several(factories.map(([name, factory]) => [name, factory()]));
}
