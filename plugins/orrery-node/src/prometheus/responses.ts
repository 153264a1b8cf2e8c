import { PrometheusError } from './PrometheusError';
import type { PrometheusSample, PrometheusSeries } from './types';

function garbage(what: string): never {
  throw new PrometheusError('garbage', `Prometheus answered without ${what}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Prometheus writes numbers as text; `NaN`, `+Inf` and `-Inf` are legal. */
function parseValue(text: unknown): number {
  if (text === '+Inf') {
    return Infinity;
  }
  return text === '-Inf' ? -Infinity : Number(text);
}

function parsePoint(point: unknown): { time: number; value: number } {
  return Array.isArray(point) && typeof point[0] === 'number'
    ? { time: point[0], value: parseValue(point[1]) }
    : garbage('a sample of time and value');
}

function parseLabels(metric: unknown): Record<string, string> {
  return isRecord(metric)
    ? // Checked once here; label values are strings by the API's contract.
      (metric as Record<string, string>)
    : garbage('labels');
}

/** Reads an instant vector, or a scalar as one sample without labels. */
export function parseVector(data: unknown): PrometheusSample[] {
  if (!isRecord(data)) {
    return garbage('data');
  }
  if (data.resultType === 'scalar') {
    return [{ metric: {}, value: parsePoint(data.result).value }];
  }
  if (data.resultType !== 'vector' || !Array.isArray(data.result)) {
    return garbage('a vector');
  }
  return data.result.map((item: unknown) =>
    isRecord(item)
      ? {
          metric: parseLabels(item.metric),
          value: parsePoint(item.value).value,
        }
      : garbage('a sample'),
  );
}

/** Reads a matrix. */
export function parseMatrix(data: unknown): PrometheusSeries[] {
  if (
    !isRecord(data) ||
    data.resultType !== 'matrix' ||
    !Array.isArray(data.result)
  ) {
    return garbage('a matrix');
  }
  return data.result.map((item: unknown) => {
    if (!isRecord(item) || !Array.isArray(item.values)) {
      return garbage('a series');
    }
    return {
      metric: parseLabels(item.metric),
      points: item.values.map((point: unknown) => {
        const { time, value } = parsePoint(point);
        return { timeMilliseconds: time * 1000, value };
      }),
    };
  });
}
