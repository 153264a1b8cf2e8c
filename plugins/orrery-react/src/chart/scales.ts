import type { Format } from '../format';
import type { ChartRange, ChartThreshold } from './types';

const DAY_SECONDS = 86_400;
/** Space above the largest value, as a share of it, where flags have their words. */
const HEADROOM = 0.15;

/**
 * From zero (or the least, when that is negative) to a little above the
 * largest value or threshold. Values that are all zero lie on the ground.
 */
export function valueScale(
  low: number | null,
  high: number | null,
  floor: number,
  thresholds: readonly ChartThreshold[],
): [number, number] {
  const limits = thresholds.map(({ value }) => value);
  const top = Math.max(0, high ?? 0, ...limits);
  const bottom = Math.min(0, low ?? 0, ...limits);
  if (top === 0 && bottom === 0) {
    return [0, floor * (1 + HEADROOM)];
  }
  return [bottom, top * (1 + HEADROOM)];
}

/** Seconds that the x axis shows; a lone moment gets a minute around it. */
export function timeScale(
  low: number | null,
  high: number | null,
  range: ChartRange | undefined,
): [number, number] {
  if (range) {
    return [range.fromMilliseconds / 1000, range.toMilliseconds / 1000];
  }
  const from = low ?? 0;
  const to = high ?? from;
  return from === to ? [from - 30, to + 30] : [from, to];
}

/**
 * What stands at ticks of the x axis: the day where one begins or ticks are
 * days apart, else the time; nothing where it would repeat.
 *
 * @param seconds - since the Unix epoch
 */
export function timeLabels(
  seconds: readonly number[],
  format: Pick<Format, 'day' | 'time'>,
): string[] {
  const step = seconds.length > 1 ? seconds[1] - seconds[0] : 0;
  let before = '';
  return seconds.map(second => {
    const at = new Date(second * 1000);
    const isMidnight = at.getHours() === 0 && at.getMinutes() === 0;
    const label =
      step >= DAY_SECONDS || isMidnight ? format.day(at) : format.time(at);
    const isRepeated = label === before;
    before = label;
    return isRepeated ? '' : label;
  });
}

/** Width for the longest of the y axis's labels, in CSS pixels. */
export function labelWidth(labels: readonly string[] | null): number {
  const longest = Math.max(0, ...(labels ?? []).map(label => label.length));
  return Math.max(36, Math.ceil(longest * 6.3) + 12);
}
