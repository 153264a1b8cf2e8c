import { asNumber, asObjects, asText, type JsonObject } from '../../values';
import { evaluateCondition, type Value } from './condition';

/** A whole number that may be written as text. */
export function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : asNumber(value);
  return number === undefined || Number.isNaN(number) ? undefined : number;
}

/** Measurements that a metric takes; undefined when it goes on until it is ended. */
export function effectiveCount(metric: JsonObject): number | undefined {
  const count = wholeNumber(metric.count);
  if (count !== undefined && count > 0) return count;
  return metric.interval === undefined ? 1 : undefined;
}

/** What one result says by a metric's conditions. @throws Error when a condition cannot be evaluated */
export function judgeValue(metric: JsonObject, result: Value): string {
  const success = asText(metric.successCondition);
  const failure = asText(metric.failureCondition);
  if (failure && evaluateCondition(failure, result)) return 'Failed';
  if (success && evaluateCondition(success, result)) return 'Successful';
  if (success && failure) return 'Inconclusive';
  return success ? 'Failed' : 'Successful';
}

/** Why a metric has gone beyond one of its limits; undefined while it has not. */
export function beyondLimit(
  metric: JsonObject,
  result: JsonObject,
): { phase: string; message: string } | undefined {
  const count = (field: string) => asNumber(result[field]) ?? 0;
  const failureLimit = wholeNumber(metric.failureLimit) ?? 0;
  const inconclusiveLimit = wholeNumber(metric.inconclusiveLimit) ?? 0;
  const errorLimit = wholeNumber(metric.consecutiveErrorLimit) ?? 4;
  if (count('consecutiveError') > errorLimit) {
    return {
      phase: 'Error',
      message: `consecutiveErrors (${count(
        'consecutiveError',
      )}) > consecutiveErrorLimit (${errorLimit})`,
    };
  }
  if (count('inconclusive') > inconclusiveLimit) {
    return {
      phase: 'Inconclusive',
      message: `inconclusive (${count(
        'inconclusive',
      )}) > inconclusiveLimit (${inconclusiveLimit})`,
    };
  }
  if (failureLimit >= 0 && count('failed') > failureLimit) {
    return {
      phase: 'Failed',
      message: `failed (${count('failed')}) > failureLimit (${failureLimit})`,
    };
  }
  return undefined;
}

/** The phase of a metric after its latest measurement. */
export function assessMetric(
  metric: JsonObject,
  result: JsonObject,
  terminating: boolean,
): string {
  const measurements = asObjects(result.measurements);
  if (measurements.length === 0) return terminating ? 'Successful' : 'Pending';
  const beyond = beyondLimit(metric, result);
  if (beyond) return beyond.phase;
  const successes = asNumber(result.consecutiveSuccess) ?? 0;
  const wanted = wholeNumber(metric.consecutiveSuccessLimit) ?? 0;
  if (wanted > 0 && successes >= wanted) return 'Successful';
  const count = effectiveCount(metric);
  if (count !== undefined && (asNumber(result.count) ?? 0) >= count) {
    if (wanted === 0) return 'Successful';
    const failureLimit = wholeNumber(metric.failureLimit) ?? 0;
    return failureLimit >= 0 ? 'Inconclusive' : 'Failed';
  }
  return terminating ? 'Successful' : 'Running';
}

const severity = ['Successful', 'Inconclusive', 'Error', 'Failed'];

/** Whether a phase is worse than another. */
export function isWorse(phase: string, than: string | undefined): boolean {
  return than === undefined || severity.indexOf(phase) > severity.indexOf(than);
}
