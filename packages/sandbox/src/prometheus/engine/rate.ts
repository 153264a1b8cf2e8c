import type { Dialect } from '../promql/dialect';
import type { Window } from './windows';

/** Which of the three extrapolating functions is asked for. */
export type Extrapolation = 'rate' | 'increase' | 'delta';

/**
 * Prometheus's extrapolatedRate (promql/functions.go): the growth between the
 * first and the last sample of the window, extended towards both bounds where
 * the samples come near enough to them, but for a counter never below zero.
 * `startMs` is where the window's own range begins.
 */
export function extrapolated(
  window: Window,
  kind: Extrapolation,
  dialect: Dialect,
): number | undefined {
  const { times, values, from, to } = window;
  const last = to - 1;
  if (last - from < 1) return undefined;
  const isCounter = kind !== 'delta';
  let growth = values[last] - values[from];
  if (isCounter) {
    let previous = values[from];
    for (let index = from + 1; index < to; index++) {
      if (values[index] < previous) growth += previous;
      previous = values[index];
    }
  }
  const sampled = (times[last] - times[from]) / 1000;
  const average = sampled / (last - from);
  const threshold = average * 1.1;
  let toStart = (times[from] - window.startMs) / 1000;
  let toEnd = (window.endMs - times[last]) / 1000;
  const toZero =
    isCounter && growth > 0 && values[from] >= 0
      ? sampled * (values[from] / growth)
      : Infinity;
  if (dialect === 2) {
    toStart = Math.min(toStart, toZero);
    if (toStart >= threshold) toStart = average / 2;
  } else {
    if (toStart >= threshold) toStart = average / 2;
    toStart = Math.min(toStart, toZero);
  }
  if (toEnd >= threshold) toEnd = average / 2;
  let factor = (sampled + toStart + toEnd) / sampled;
  if (kind === 'rate') factor /= (window.endMs - window.startMs) / 1000;
  return growth * factor;
}

/** irate and idelta: the last two samples alone. */
export function instantaneous(
  window: Window,
  kind: 'irate' | 'idelta',
): number | undefined {
  const { times, values, to } = window;
  if (to - window.from < 2) return undefined;
  const last = values[to - 1];
  const previous = values[to - 2];
  const seconds = (times[to - 1] - times[to - 2]) / 1000;
  if (seconds === 0) return undefined;
  if (kind === 'idelta') return last - previous;
  // After a reset the counter started from zero.
  return (last < previous ? last : last - previous) / seconds;
}
