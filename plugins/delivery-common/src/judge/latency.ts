import { normalQuantile, normalTail } from './distributions';
import type { LatencyBuckets } from './schema';

/** Shares of requests slower than each bound, by ascending finite bounds. */
export type Slowness = {
  total: number;
  bounds: readonly { milliseconds: number; slower: number }[];
};

/**
 * Reads cumulative buckets; undefined when they hold nothing.
 */
export function readSlowness(buckets: LatencyBuckets): Slowness | undefined {
  const sorted = [...buckets].sort((left, right) => left.le - right.le);
  const total = Math.round(sorted.at(-1)?.count ?? 0);
  if (total < 1 || sorted.at(-1)?.le !== Infinity) {
    return undefined;
  }
  let below = 0;
  const bounds = sorted
    .filter(({ le }) => Number.isFinite(le) && le > 0)
    .map(({ le, count }) => {
      // Extrapolated counters can make a cumulative count dip by a hair.
      below = Math.min(total, Math.max(below, count));
      return { milliseconds: le, slower: 1 - below / total };
    });
  return bounds.length > 0 ? { total, bounds } : undefined;
}

/** None seen is not none at all: half a request keeps the tail finite. */
function inside(share: number, total: number): number {
  return Math.min(1 - 0.5 / total, Math.max(0.5 / total, share));
}

/**
 * The bucket's two ends on the scale on which we interpolate: the logarithm
 * of time against the normal quantile of the share that is slower. It is
 * straight for log-normal latencies, and near to it for exponential ones.
 * Prometheus interpolates in time itself, which in wide buckets puts the p95
 * of common distributions so far off that an increase of 40 % can vanish.
 */
function ends(slowness: Slowness, index: number) {
  const { bounds, total } = slowness;
  const upper = bounds[index];
  const lower =
    index > 0
      ? bounds[index - 1]
      : // Below the first bound there is nothing but zero, which has no logarithm.
        { milliseconds: upper.milliseconds / 10, slower: 1 };
  return [lower, upper].map(({ milliseconds, slower }) => ({
    time: Math.log(milliseconds),
    quantile: normalQuantile(inside(slower, total)),
  }));
}

/**
 * Share of requests slower than a time.
 *
 * @returns undefined beyond the last finite bound
 */
export function slowerThan(
  slowness: Slowness,
  milliseconds: number,
): number | undefined {
  const index = slowness.bounds.findIndex(
    bound => bound.milliseconds >= milliseconds,
  );
  if (index === -1) {
    return undefined;
  }
  const [lower, upper] = ends(slowness, index);
  const part =
    (Math.log(milliseconds) - lower.time) / (upper.time - lower.time);
  return normalTail(
    lower.quantile + (upper.quantile - lower.quantile) * Math.max(0, part),
  );
}

/**
 * The time that a share of the requests is slower than.
 *
 * @param slower - 0.05 for the p95
 * @returns undefined when it is beyond the last finite bound
 */
export function slowestShare(
  slowness: Slowness,
  slower: number,
): number | undefined {
  const index = slowness.bounds.findIndex(bound => bound.slower <= slower);
  if (index === -1) {
    return undefined;
  }
  const [lower, upper] = ends(slowness, index);
  const rise = upper.quantile - lower.quantile;
  const part = rise > 0 ? (normalQuantile(slower) - lower.quantile) / rise : 1;
  return Math.exp(
    lower.time + (upper.time - lower.time) * Math.min(1, Math.max(0, part)),
  );
}
