import { binomialTail, normalQuantile, normalTail } from './distributions';

/** How many of how many. */
export type Count = { hits: number; total: number };

function shareOf({ hits, total }: Count): number {
  return hits / total;
}

/**
 * The likeliest pair of shares that differ by exactly `margin`, in closed
 * form (Farrington and Manning, Statistics in Medicine 9 (1990), 1447-1454,
 * appendix; the estimate is that of Miettinen and Nurminen, Statistics in
 * Medicine 4 (1985), 213-226).
 *
 * @param margin - canary's share minus stable's, above 0
 */
export function likeliestShares(
  canary: Count,
  stable: Count,
  margin: number,
): { canary: number; stable: number } {
  const theta = stable.total / canary.total;
  const [p, q] = [shareOf(canary), shareOf(stable)];
  const a = 1 + theta;
  const b = -(1 + theta + p + theta * q + margin * (theta + 2));
  const c = margin * margin + margin * (2 * p + theta + 1) + p + theta * q;
  const d = -p * margin * (1 + margin);
  const v = b ** 3 / (3 * a) ** 3 - (b * c) / (6 * a * a) + d / (2 * a);
  const u =
    (v < 0 ? -1 : 1) *
    Math.sqrt(Math.max(0, (b * b) / (9 * a * a) - c / (3 * a)));
  const cosine = u === 0 ? 0 : Math.min(1, Math.max(-1, v / u ** 3));
  const w = (Math.PI + Math.acos(cosine)) / 3;
  const likeliest = Math.min(
    1,
    Math.max(margin, 2 * u * Math.cos(w) - b / (3 * a)),
  );
  return { canary: likeliest, stable: likeliest - margin };
}

/**
 * Tests a difference of two shares against a margin, in both directions.
 *
 * The statistic is the score of Miettinen and Nurminen (1985):
 * z = (p - q - margin) / sqrt((p'(1-p')/n + q'(1-q')/m) N/(N-1)), p' and q'
 * being the likeliest shares at the margin. It needs no failures at all to be
 * defined. The normal law underrates how often a few hits come by chance, so
 * `worse` is never below the exact binomial probability at stable's share and
 * the margin.
 *
 * @param margin - share, above 0
 * @returns `worse`: how likely a canary as bad as this, or worse, were at the
 *   margin; `better`: the same for one as good as this, or better
 */
export function testShares(
  canary: Count,
  stable: Count,
  margin: number,
): { worse: number; better: number } {
  const at = likeliestShares(canary, stable, margin);
  const all = canary.total + stable.total;
  const variance =
    ((at.canary * (1 - at.canary)) / canary.total +
      (at.stable * (1 - at.stable)) / stable.total) *
    (all / (all - 1));
  const z =
    (shareOf(canary) - shareOf(stable) - margin) /
    Math.sqrt(Math.max(variance, Number.MIN_VALUE));
  return {
    worse: Math.max(
      normalTail(z),
      binomialTail(
        canary.hits,
        canary.total,
        Math.min(1, shareOf(stable) + margin),
      ),
    ),
    better: normalTail(-z),
  };
}

/** Interval of one share by Wilson's score (JASA 22 (1927), 209-212). */
export function wilson(
  { hits, total }: Count,
  tail: number,
): { low: number; high: number } {
  const z = normalQuantile(tail);
  const share = hits / total;
  const centre = (share + (z * z) / (2 * total)) / (1 + (z * z) / total);
  const reach =
    (z / (1 + (z * z) / total)) *
    Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return {
    low: Math.max(0, centre - reach),
    high: Math.min(1, centre + reach),
  };
}

/**
 * 95 % interval of the difference of two shares: method 10 of Newcombe,
 * Statistics in Medicine 17 (1998), 873-890.
 */
export function differenceInterval(
  canary: Count,
  stable: Count,
): { low: number; high: number } {
  const [p, q] = [shareOf(canary), shareOf(stable)];
  const [ofCanary, ofStable] = [wilson(canary, 0.025), wilson(stable, 0.025)];
  return {
    low: p - q - Math.hypot(p - ofCanary.low, ofStable.high - q),
    high: p - q + Math.hypot(ofCanary.high - p, q - ofStable.low),
  };
}
