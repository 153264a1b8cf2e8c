import type { ChartGrid } from '@orrery/backstage-plugin-telemetry-common';

/** What is asked of one measurement. */
export type InfluxQuestion = {
  measurement: string;
  /** Whether it only ever grows, so that its rate is wanted. */
  isCounter: boolean;
  /** Tag that names a line. */
  by: string;
  tags: Readonly<Record<string, string>>;
  /** Regular expressions that tags match. */
  patterns?: Readonly<Record<string, string>>;
};

function identifier(name: string): string {
  return `"${name.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

function text(value: string): string {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}

function pattern(value: string): string {
  return `/${value.replace(/\//g, '\\/')}/`;
}

/**
 * Writes the question in InfluxQL: of every series its own rate, then the sum
 * of those, as PromQL's `sum(rate())`.
 */
export function influxQuery(question: InfluxQuestion, grid: ChartGrid): string {
  const { measurement, isCounter, by, tags, patterns = {} } = question;
  const conditions = [
    ...Object.entries(tags).map(
      ([name, value]) => `${identifier(name)} = ${text(value)}`,
    ),
    ...Object.entries(patterns).map(
      ([name, value]) => `${identifier(name)} =~ ${pattern(value)}`,
    ),
    `time >= ${grid.fromMilliseconds}ms`,
    `time <= ${grid.toMilliseconds}ms`,
  ].join(' AND ');
  const step = `time(${grid.stepSeconds}s)`;
  const value = isCounter
    ? 'non_negative_derivative(last("value"), 1s)'
    : 'last("value")';
  return `SELECT sum("each") FROM (SELECT ${value} AS "each" FROM ${identifier(
    measurement,
  )} WHERE ${conditions} GROUP BY ${step}, *) WHERE time >= ${
    grid.fromMilliseconds
  }ms AND time <= ${grid.toMilliseconds}ms GROUP BY ${step}, ${identifier(
    by,
  )} fill(none)`;
}
