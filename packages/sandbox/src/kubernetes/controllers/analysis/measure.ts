import { asObject, asText, type JsonObject } from '../../values';
import type { MetricAnswer } from '../context';
import { judgeValue } from './assess';
import type { Value } from './condition';

/** A number as Argo Rollouts writes it in a measurement. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}

/** A measurement from what a query answered. */
export function measured(
  metric: JsonObject,
  answer: MetricAnswer,
  startedAt: string,
  finishedAt: string,
): JsonObject {
  const value: Value =
    answer.type === 'scalar' ? answer.values[0] : [...answer.values];
  const text =
    answer.type === 'scalar'
      ? numberText(answer.values[0])
      : `[${answer.values.map(numberText).join(',')}]`;
  const times = { startedAt, finishedAt };
  try {
    return { phase: judgeValue(metric, value), value: text, ...times };
  } catch (error) {
    return { ...failedMeasurement(error, startedAt, finishedAt), value: text };
  }
}

/** A measurement that could not be taken. */
export function failedMeasurement(
  error: unknown,
  startedAt: string,
  finishedAt: string,
): JsonObject {
  return {
    phase: 'Error',
    message: error instanceof Error ? error.message : String(error),
    startedAt,
    finishedAt,
  };
}

/** The PromQL of a metric. @throws Error when it is measured in another way */
export function queryOf(metric: JsonObject): string {
  const provider = asObject(metric.provider);
  const query = asText(asObject(provider.prometheus).query);
  if (query === undefined) {
    const [name = 'none'] = Object.keys(provider);
    throw new Error(`metric provider ${name} is not served here`);
  }
  return query;
}
