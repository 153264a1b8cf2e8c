import { CompensatedSum } from './kahan';
import type { Window } from './windows';

/** A straight line through samples: per second, and its value at the intercept time. */
export interface Line {
  slope: number;
  intercept: number;
}

/** Least-squares line of a window's samples (Prometheus's linearRegression). */
export function linearRegression(window: Window, interceptMs: number): Line {
  const { times, values, from, to } = window;
  const first = values[from];
  let constant = true;
  const sumX = new CompensatedSum();
  const sumY = new CompensatedSum();
  const sumXY = new CompensatedSum();
  const sumXX = new CompensatedSum();
  for (let index = from; index < to; index++) {
    if (values[index] !== first) constant = false;
    const x = (times[index] - interceptMs) / 1000;
    sumX.add(x);
    sumY.add(values[index]);
    sumXY.add(x * values[index]);
    sumXX.add(x * x);
  }
  if (constant) {
    return Number.isFinite(first)
      ? { slope: 0, intercept: first }
      : { slope: NaN, intercept: NaN };
  }
  const count = to - from;
  const covariance = sumXY.value - (sumX.value * sumY.value) / count;
  const variance = sumXX.value - (sumX.value * sumX.value) / count;
  const slope = covariance / variance;
  return {
    slope,
    intercept: sumY.value / count - (slope * sumX.value) / count,
  };
}

/**
 * Holt's double exponential smoothing.
 *
 * @param smoothing - weight of new samples, trend - weight of new trends; both within (0, 1)
 */
export function doubleExponentialSmoothing(
  window: Window,
  smoothing: number,
  trend: number,
): number | undefined {
  const { values, from, to } = window;
  if (to - from < 2) return undefined;
  let previous = 0;
  let level = values[from];
  let slope = values[from + 1] - values[from];
  for (let index = from + 1; index < to; index++) {
    if (index > from + 1) {
      slope = trend * (level - previous) + (1 - trend) * slope;
    }
    const next = smoothing * values[index] + (1 - smoothing) * (level + slope);
    previous = level;
    level = next;
  }
  return level;
}
