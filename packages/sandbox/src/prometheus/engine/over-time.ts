import { CompensatedSum, meanOf, quantileOf, varianceOf } from './kahan';
import type { Window } from './windows';

/** A function of one window without further arguments; undefined: no result. */
export type WindowFunction = (window: Window) => number | undefined;

function valuesOf(window: Window): Float64Array {
  return window.values.slice(window.from, window.to);
}

/** Index of the smallest or largest value; NaN loses against any number. */
function extremeIndex(
  window: Window,
  better: (left: number, right: number) => boolean,
): number {
  const { values } = window;
  let found = window.from;
  for (let index = window.from; index < window.to; index++) {
    if (better(values[index], values[found]) || Number.isNaN(values[found])) {
      found = index;
    }
  }
  return found;
}

function countPairs(
  window: Window,
  counts: (previous: number, current: number) => boolean,
): number {
  let total = 0;
  for (let index = window.from + 1; index < window.to; index++) {
    if (counts(window.values[index - 1], window.values[index])) total += 1;
  }
  return total;
}

function sumOf(window: Window): number {
  const sum = new CompensatedSum();
  for (let index = window.from; index < window.to; index++) {
    sum.add(window.values[index]);
  }
  return sum.value;
}

/** Median of the distances to the median. */
function medianDeviation(window: Window): number {
  const values = valuesOf(window);
  const median = quantileOf(0.5, values);
  return quantileOf(
    0.5,
    values.map(value => Math.abs(value - median)),
  );
}

const less = (left: number, right: number) => left < right;
const more = (left: number, right: number) => left > right;
const changed = (previous: number, current: number) =>
  previous !== current && !(Number.isNaN(previous) && Number.isNaN(current));

/** Functions that look at nothing but the samples of a window that has at least one. */
export const OVER_TIME: ReadonlyMap<string, WindowFunction> = new Map<
  string,
  WindowFunction
>([
  ['avg_over_time', window => meanOf(window.values, window.from, window.to)],
  ['sum_over_time', sumOf],
  ['min_over_time', window => window.values[extremeIndex(window, less)]],
  ['max_over_time', window => window.values[extremeIndex(window, more)]],
  ['count_over_time', window => window.to - window.from],
  ['stdvar_over_time', w => varianceOf(w.values, w.from, w.to)],
  ['stddev_over_time', w => Math.sqrt(varianceOf(w.values, w.from, w.to))],
  ['last_over_time', window => window.values[window.to - 1]],
  ['first_over_time', window => window.values[window.from]],
  ['present_over_time', () => 1],
  ['mad_over_time', medianDeviation],
  ['changes', window => countPairs(window, changed)],
  ['resets', window => countPairs(window, (before, now) => now < before)],
  ['ts_of_first_over_time', window => window.times[window.from] / 1000],
  ['ts_of_last_over_time', window => window.times[window.to - 1] / 1000],
  [
    'ts_of_min_over_time',
    w => w.times[extremeIndex(w, (a, b) => a <= b)] / 1000,
  ],
  [
    'ts_of_max_over_time',
    w => w.times[extremeIndex(w, (a, b) => a >= b)] / 1000,
  ],
]);

/** quantile_over_time of one window. */
export function quantileOverTime(q: number, window: Window): number {
  return quantileOf(q, valuesOf(window));
}
