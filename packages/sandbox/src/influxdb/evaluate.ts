import type { LongHistory } from './LongHistory';
import {
  InfluxSyntaxError,
  type Condition,
  type Expression,
  type Select,
} from './influxql/ast';

type Tags = Readonly<Record<string, string>>;
/** A time in milliseconds since the Unix epoch, and a value at it. */
type Point = readonly [number, number];

/** Rows with the same tags, as an answer has them. */
export interface ResultSeries {
  name: string;
  tags: Tags;
  columns: string[];
  rows: [number, ...(number | undefined)[]][];
}

/** Points of one series, by the name of their field. */
interface InputSeries {
  tags: Tags;
  fields: Map<string, Point[]>;
}

/** Distance between points as they are written. */
const WRITTEN_EVERY = 60_000;
/** Points of one series that are looked at. */
const MOST_POINTS = 20_000;

type Aggregate = (values: readonly number[]) => number;

const aggregates: Readonly<Record<string, Aggregate>> = {
  mean: values => values.reduce((sum, each) => sum + each, 0) / values.length,
  sum: values => values.reduce((sum, each) => sum + each, 0),
  count: values => values.length,
  min: values => Math.min(...values),
  max: values => Math.max(...values),
  first: values => values[0],
  last: values => values[values.length - 1],
};

function holds(condition: Condition, tags: Tags): boolean {
  switch (condition.type) {
    case 'and':
      return holds(condition.left, tags) && holds(condition.right, tags);
    case 'or':
      return holds(condition.left, tags) || holds(condition.right, tags);
    case 'equals':
      return (
        ((tags[condition.tag] ?? '') === condition.value) !== condition.negated
      );
    case 'matches':
      return (
        condition.expression.test(tags[condition.tag] ?? '') !==
        condition.negated
      );
    default:
      return true;
  }
}

/** Evaluates one column over points in order; each keeps the time of its bucket. */
function column(
  expression: Expression,
  series: readonly InputSeries[],
  interval: number | undefined,
  from: number,
): Point[] {
  if (expression.type === 'field') {
    return series
      .flatMap(({ fields }) => fields.get(expression.name) ?? [])
      .sort(([first], [other]) => first - other);
  }
  if (expression.type !== 'call') {
    throw new InfluxSyntaxError('error parsing query: invalid expression');
  }
  const { name, args } = expression;
  const inner = args.length > 0 ? column(args[0], series, interval, from) : [];
  if (name === 'derivative' || name === 'non_negative_derivative') {
    const unit = args[1]?.type === 'duration' ? args[1].milliseconds : 1000;
    return inner.slice(1).flatMap(([at, value], index): Point[] => {
      const [before, previous] = inner[index];
      const rate = ((value - previous) / (at - before)) * unit;
      return rate < 0 && name !== 'derivative' ? [] : [[at, rate]];
    });
  }
  const aggregate = aggregates[name];
  if (!aggregate) {
    throw new InfluxSyntaxError(
      `error parsing query: undefined function ${name}()`,
    );
  }
  const buckets = new Map<number, number[]>();
  for (const [at, value] of inner) {
    const key =
      interval === undefined
        ? Math.max(from, 0)
        : Math.floor(at / interval) * interval;
    const bucket = buckets.get(key);
    if (bucket) bucket.push(value);
    else buckets.set(key, [value]);
  }
  return [...buckets].map(([at, values]) => [at, aggregate(values)] as const);
}

/** Puts something into rows whose value is missing. */
function filled(
  rows: ResultSeries['rows'],
  { fill, interval, from, to }: Select,
  width: number,
): ResultSeries['rows'] {
  if (fill === 'none' || interval === undefined) return rows;
  const known = new Map(rows.map(row => [row[0], row]));
  const first = Math.max(from, rows[0]?.[0] ?? from);
  const last = Math.min(to, rows.at(-1)?.[0] ?? to);
  const all: ResultSeries['rows'] = [];
  for (
    let at = Math.floor(first / interval) * interval;
    at <= last;
    at += interval
  ) {
    const previous = fill === 'previous' ? all.at(-1)?.slice(1) : undefined;
    const standard = typeof fill === 'number' ? fill : undefined;
    const empty: (number | undefined)[] =
      previous ?? new Array<number | undefined>(width).fill(standard);
    all.push(known.get(at) ?? [at, ...empty]);
  }
  return all;
}

async function inputOf(
  history: LongHistory,
  { source, condition, from, to, interval }: Select,
  now: number,
): Promise<{ name: string; series: InputSeries[] }> {
  const begin = Math.max(from, history.oldestAt);
  const end = Math.min(to, now);
  if ('query' in source) {
    const inner = { ...source.query };
    inner.from = Math.max(inner.from, begin);
    inner.to = Math.min(inner.to, end);
    const results = await evaluate(history, inner, now);
    return {
      name: results[0]?.name ?? '',
      series: results
        .filter(({ tags }) => holds(condition, tags))
        .map(({ tags, columns, rows }) => ({
          tags,
          fields: new Map(
            columns.map((name, index) => [
              name,
              rows.flatMap((row): Point[] => {
                const value = row[index + 1];
                return value === undefined ? [] : [[row[0], value]];
              }),
            ]),
          ),
        })),
    };
  }
  const { measurement } = source;
  // Long buckets are as well told by a few points.
  const wanted = interval === undefined ? WRITTEN_EVERY : interval / 4;
  const least = (end - begin) / MOST_POINTS;
  const step =
    Math.ceil(Math.max(wanted, least, WRITTEN_EVERY) / WRITTEN_EVERY) *
    WRITTEN_EVERY;
  const all = await history.series(measurement);
  return {
    name: measurement,
    series: all
      .filter(({ tags }) => holds(condition, tags))
      .map(({ tags, at }) => {
        const points: Point[] = [];
        for (
          let time = Math.ceil(begin / step) * step;
          time <= end;
          time += step
        ) {
          const value = at(time);
          if (value !== undefined) points.push([time, value]);
        }
        return { tags, fields: new Map([['value', points]]) };
      }),
  };
}

/**
 * Answers a query: series grouped by tags, each with rows by time.
 *
 * @throws InfluxSyntaxError for functions that are not there
 */
export async function evaluate(
  history: LongHistory,
  select: Select,
  now: number,
): Promise<ResultSeries[]> {
  const { name, series } = await inputOf(history, select, now);
  const groups = new Map<string, { tags: Tags; members: InputSeries[] }>();
  for (const each of series) {
    const names =
      select.tags === '*' ? Object.keys(each.tags).sort() : select.tags;
    const tags = Object.fromEntries(
      names.map(tag => [tag, each.tags[tag] ?? '']),
    );
    const key = JSON.stringify(tags);
    const group = groups.get(key) ?? { tags, members: [] };
    group.members.push(each);
    groups.set(key, group);
  }
  const { columns, interval, from, limit, descending } = select;
  return [...groups.entries()]
    .sort(([first], [other]) => (first < other ? -1 : 1))
    .map(([, { tags, members }]) => {
      const parts = columns.map(
        ({ expression }) =>
          new Map(column(expression, members, interval, from)),
      );
      const times = [...new Set(parts.flatMap(part => [...part.keys()]))];
      times.sort((first, other) => first - other);
      const plain = times.map((at): ResultSeries['rows'][number] => [
        at,
        ...parts.map(part => part.get(at)),
      ]);
      const bounded = { ...select, from: Math.max(from, history.oldestAt) };
      const rows = filled(plain, bounded, parts.length);
      if (descending) rows.reverse();
      return {
        name,
        tags,
        columns: columns.map(({ alias }) => alias),
        rows: rows.slice(0, limit),
      };
    })
    .filter(({ rows }) => rows.length > 0);
}
