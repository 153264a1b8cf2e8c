/**
 * Rates of a cumulative histogram by upper bound (`+Inf` is `Infinity`).
 * Bounds whose rate is zero may be missing.
 */
export type Histogram = Map<number, number>;

/** Reads an `le` label. */
export function parseBound(le: string): number {
  return le === '+Inf' ? Infinity : Number(le);
}

/** Adds one histogram to another; equal traffic classes have equal bounds. */
export function addHistogram(target: Histogram, source: Histogram): void {
  for (const [bound, rate] of source) {
    target.set(bound, (target.get(bound) ?? 0) + rate);
  }
}

/**
 * Quantile by linear interpolation inside a bucket, as Prometheus does for
 * classic histograms
 * (https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile).
 *
 * @param quantile - 0..1
 * @param bounds - every upper bound in use, ascending. Prometheus leaves out
 *   buckets without a rate, yet the one below the hit is where interpolation starts.
 * @returns undefined without observations, or when the histogram has no finite bucket
 */
export function histogramQuantile(
  quantile: number,
  histogram: Histogram,
  bounds: readonly number[],
): number | undefined {
  const total = histogram.get(Infinity);
  if (total === undefined || !(total > 0)) {
    return undefined;
  }
  const rank = quantile * total;
  let lowerBound = 0;
  let below = 0;
  for (const bound of bounds) {
    // Rounding can make a cumulative rate dip by a hair; it never really falls.
    const cumulative = Math.max(below, histogram.get(bound) ?? 0);
    if (bound === Infinity) {
      break;
    }
    if (cumulative >= rank && cumulative > below) {
      return (
        lowerBound +
        (bound - lowerBound) * ((rank - below) / (cumulative - below))
      );
    }
    lowerBound = bound;
    below = cumulative;
  }
  return lowerBound > 0 ? lowerBound : undefined;
}
