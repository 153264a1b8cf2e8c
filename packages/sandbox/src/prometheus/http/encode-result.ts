import type { ServerResponse } from 'node:http';
import type { QueryResult } from '../engine/engine';
import type { LabelSet, QueryLabels } from '../engine/query-labels';
import type { StepVector } from '../engine/vector';
import { formatFloat } from '../number-format';
import { TextStream } from './stream';

/** Unix seconds as the API writes them: up to three decimals, none where they are zero. */
function seconds(milliseconds: number): string {
  return String(milliseconds / 1000);
}

function sample(milliseconds: number, value: number): string {
  return `[${seconds(milliseconds)},"${formatFloat(value)}"]`;
}

function metric(labels: QueryLabels, set: LabelSet): string {
  return `"metric":${JSON.stringify(labels.toRecord(set))}`;
}

function rowSamples(
  result: QueryResult,
  vector: StepVector,
  row: number,
): string {
  const parts: string[] = [];
  for (let step = 0; step < vector.steps; step++) {
    if (vector.has(row, step)) {
      parts.push(sample(result.times[step], vector.get(row, step)));
    }
  }
  return parts.join(',');
}

/** Rows that have a sample, in the order in which the API lists a range result. */
function orderedRows(result: QueryResult, vector: StepVector): number[] {
  return vector.labels
    .map((_, row) => row)
    .sort((left, right) =>
      result.labels.compare(vector.labels[left], vector.labels[right]),
    );
}

/** The elements of the result list, one text each. */
function* elements(result: QueryResult, range: boolean): Generator<string> {
  const { value, labels, times } = result;
  if (value.type === 'matrix') {
    for (const series of value.series) {
      const samples = series.times.map((time, index) =>
        sample(time, series.values[index]),
      );
      yield `{${metric(labels, series.labels)},"values":[${samples}]}`;
    }
  } else if (value.type === 'vector') {
    const { vector } = value;
    if (range) {
      for (const row of orderedRows(result, vector)) {
        const values = rowSamples(result, vector, row);
        if (values === '') continue;
        yield `{${metric(labels, vector.labels[row])},"values":[${values}]}`;
      }
      return;
    }
    for (let row = 0; row < vector.rows; row++) {
      if (!vector.has(row, 0)) continue;
      const value0 = sample(times[0], vector.get(row, 0));
      yield `{${metric(labels, vector.labels[row])},"value":${value0}}`;
    }
  } else if (value.type === 'scalar' && range) {
    const values = [...value.values].map((number, step) =>
      sample(times[step], number),
    );
    yield `{"metric":{},"values":[${values}]}`;
  }
}

/** Sends a query's result; `limit` 0 sends all series. */
export async function respondResult(
  response: ServerResponse,
  result: QueryResult,
  range: boolean,
  limit: number,
): Promise<void> {
  const { value, times } = result;
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const stream = new TextStream(response);
  const begin = (type: string) =>
    stream.write(
      `{"status":"success","data":{"resultType":"${type}","result":`,
    );
  if (value.type === 'string') {
    begin('string');
    const text = JSON.stringify(value.value);
    stream.end(`[${seconds(times[0])},${text}]}}`);
    return;
  }
  if (value.type === 'scalar' && !range) {
    begin('scalar');
    stream.end(`${sample(times[0], value.values[0])}}}`);
    return;
  }
  begin(range || value.type === 'matrix' ? 'matrix' : 'vector');
  let count = 0;
  let truncated = false;
  for (const element of elements(result, range)) {
    if (limit > 0 && count >= limit) {
      truncated = true;
      break;
    }
    if (stream.write((count === 0 ? '[' : ',') + element)) await stream.flush();
    if (response.destroyed) return;
    count += 1;
  }
  const warnings = truncated
    ? ',"warnings":["results truncated due to limit"]'
    : '';
  stream.end(`${count === 0 ? '[' : ''}]}${warnings}}`);
}
