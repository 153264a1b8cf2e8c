import type { PastFunction } from '../storage';
import type { PastRow } from './group';

/** A histogram's past: cumulative counts with +Inf last, and the sum. */
export type HistogramPast = (
  timestampMs: number,
) => { counts: ArrayLike<number>; sum: number } | undefined;

/** A counter's or gauge's past as rows of one slot. */
export function pastOfValue(past: PastFunction): PastRow {
  return (timestampMs, row, offset) => {
    const value = past(timestampMs);
    if (value === undefined) return false;
    row[offset] = value;
    return true;
  };
}

/** A histogram's past as rows of its buckets and its sum. */
export function pastOfHistogram(past: HistogramPast, buckets: number): PastRow {
  return (timestampMs, row, offset) => {
    const sample = past(timestampMs);
    if (!sample) return false;
    for (let bucket = 0; bucket < buckets; bucket++) {
      row[offset + bucket] = sample.counts[bucket];
    }
    row[offset + buckets] = sample.sum;
    return true;
  };
}
