import type { Engine } from './engine/engine';

/** One series of a range query. */
export interface RangeSeries {
  labels: Record<string, string>;
  /** Milliseconds since the Unix epoch. */
  times: number[];
  values: number[];
}

/**
 * Evaluates a query at every step of a range.
 *
 * @throws Error when the query is wrong or gives no numbers
 */
export async function rangeSeries(
  engine: Engine,
  query: string,
  range: { startMs: number; endMs: number; stepMs: number },
): Promise<RangeSeries[]> {
  const { value, labels, times } = await engine.range(query, range);
  if (value.type === 'scalar') {
    return [{ labels: {}, times: [...times], values: [...value.values] }];
  }
  if (value.type !== 'vector') {
    throw new Error(`expected a scalar or a vector, got a ${value.type}`);
  }
  const { vector } = value;
  const found: RangeSeries[] = [];
  for (let row = 0; row < vector.rows; row++) {
    const series: RangeSeries = {
      labels: labels.toRecord(vector.labels[row]),
      times: [],
      values: [],
    };
    for (let step = 0; step < vector.steps; step++) {
      if (!vector.has(row, step)) continue;
      series.times.push(times[step]);
      series.values.push(vector.get(row, step));
    }
    if (series.times.length > 0) found.push(series);
  }
  return found;
}
