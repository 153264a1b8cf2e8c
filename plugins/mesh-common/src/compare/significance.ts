/**
 * z of the difference of two shares, by the pooled two-proportion test
 * (https://en.wikipedia.org/wiki/Two-proportion_Z-test).
 *
 * @param before - how many hits of how many observations there were
 * @returns 0 when nothing can be told: no observations, or no variance
 */
export function shareZ(
  before: { hits: number; total: number },
  after: { hits: number; total: number },
): number {
  if (before.total <= 0 || after.total <= 0) {
    return 0;
  }
  const pooled = (before.hits + after.hits) / (before.total + after.total);
  const variance = pooled * (1 - pooled) * (1 / before.total + 1 / after.total);
  return variance > 0
    ? (after.hits / after.total - before.hits / before.total) /
        Math.sqrt(variance)
    : 0;
}

/**
 * z of the difference of two counts over equal times, each being Poisson.
 *
 * @returns 0 when both are 0
 */
export function countZ(before: number, after: number): number {
  const variance = before + after;
  return variance > 0 ? (after - before) / Math.sqrt(variance) : 0;
}
