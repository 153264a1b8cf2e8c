/** A cumulative bucket of a histogram. @public */
export type LatencyBucket = {
  /** Upper bound in milliseconds; Infinity for the last. */
  le: number;
  count: number;
};

/**
 * Share of observations above a threshold, linear within a bucket as
 * Prometheus's own quantiles are.
 *
 * @returns undefined without observations; `isExact` when the threshold is a
 *   bucket's bound
 * @public
 */
export function shareAbove(
  buckets: readonly LatencyBucket[],
  threshold: number,
): { share: number; isExact: boolean } | undefined {
  const sorted = [...buckets].sort((left, right) => left.le - right.le);
  const total = sorted.at(-1)?.count ?? 0;
  if (!(total > 0)) {
    return undefined;
  }
  let lower = { le: 0, count: 0 };
  for (const bucket of sorted) {
    if (bucket.le === threshold) {
      return { share: Math.max(0, 1 - bucket.count / total), isExact: true };
    }
    if (bucket.le > threshold) {
      const within =
        bucket.le === Infinity
          ? 0
          : (threshold - lower.le) / (bucket.le - lower.le);
      const below =
        lower.count + within * Math.max(0, bucket.count - lower.count);
      const share = 1 - below / total;
      return { share: Math.min(1, Math.max(0, share)), isExact: false };
    }
    lower = bucket;
  }
  return { share: 0, isExact: false };
}
