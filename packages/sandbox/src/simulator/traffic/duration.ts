/** Upper bounds of Envoy's duration buckets in milliseconds, as Istio's proxies report them. */
export const DURATION_BOUNDS: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000,
  300000, 600000, 1800000, 3600000,
];

/** How long a kind of response takes. */
export interface Duration {
  /** Mean in milliseconds. */
  readonly mean: number;
  /** Share of responses within each bucket's bound, then 1 for +Inf. Never decreasing. Shared: do not modify. */
  readonly shares: Float64Array;
  /** The same responses, each later by so many milliseconds. */
  delayed(milliseconds: number): Duration;
}

/** Mean and variance in milliseconds. */
export interface Moments {
  mean: number;
  variance: number;
}

/**
 * Standard normal distribution function; Abramowitz and Stegun, Handbook of
 * Mathematical Functions, formula 7.1.26 (absolute error below 1.5e-7).
 */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) *
      t +
      0.254829592) *
    t;
  const error = 1 - polynomial * Math.exp(-x * x);
  return z >= 0 ? (1 + error) / 2 : (1 - error) / 2;
}

/** Moments of a log-normal distribution given by its median and the deviation of its logarithm. */
export function logNormalMoments(median: number, spread: number): Moments {
  const square = spread * spread;
  const mean = median * Math.exp(square / 2);
  return { mean, variance: mean * mean * (Math.exp(square) - 1) };
}

/** Sum of independent times. */
export function addMoments(
  first: Moments,
  second: Moments,
  times = 1,
): Moments {
  return {
    mean: first.mean + second.mean * times,
    variance: first.variance + second.variance * times,
  };
}

/** Parameters of the log-normal distribution with these moments (Fenton and Wilkinson's fit of a sum). */
function parameters({ mean, variance }: Moments) {
  const safe = Math.max(mean, 1e-3);
  const square = Math.log(1 + variance / (safe * safe));
  return { location: Math.log(safe) - square / 2, spread: Math.sqrt(square) };
}

/** Share of responses that take at most `limit` milliseconds. */
export function shareWithin(moments: Moments, limit: number): number {
  if (!Number.isFinite(limit)) return 1;
  if (limit <= 0) return 0;
  const { location, spread } = parameters(moments);
  return normalShare((Math.log(limit) - location) / Math.max(spread, 0.02));
}

const cache = new Map<string, Duration>();
const CACHE_LIMIT = 20_000;

function cached(key: string, build: () => Duration): Duration {
  let found = cache.get(key);
  if (!found) {
    if (cache.size >= CACHE_LIMIT) cache.clear();
    found = build();
    cache.set(key, found);
  }
  return found;
}

/** Response times that are all alike, such as a timeout's. */
export function constantDuration(milliseconds: number): Duration {
  return cached(`=${milliseconds}`, () => ({
    mean: milliseconds,
    shares: Float64Array.from([...DURATION_BOUNDS, Infinity], bound =>
      milliseconds <= bound ? 1 : 0,
    ),
    delayed: by => constantDuration(milliseconds + by),
  }));
}

/**
 * Log-normal response times with these moments, cut off at `limit`
 * (everything slower counts elsewhere) and moved by `delay`. Parameters are
 * rounded to about 1 % so that buckets are computed once per kind of response.
 */
export function logNormalDuration(
  moments: Moments,
  limit = Infinity,
  delay = 0,
): Duration {
  const exact = parameters(moments);
  const location = Math.round(exact.location * 100) / 100;
  const spread = Math.max(Math.round(exact.spread * 50) / 50, 0.02);
  return cached(`${location}|${spread}|${limit}|${delay}`, () => {
    const square = spread * spread;
    const within = (bound: number) =>
      bound <= 0 ? 0 : normalShare((Math.log(bound) - location) / spread);
    const whole = Number.isFinite(limit) ? Math.max(within(limit), 1e-9) : 1;
    const shares = new Float64Array(DURATION_BOUNDS.length + 1);
    let previous = 0;
    DURATION_BOUNDS.forEach((bound, index) => {
      const share = Math.min(within(Math.min(bound - delay, limit)) / whole, 1);
      previous = Math.max(previous, share);
      shares[index] = previous;
    });
    shares[DURATION_BOUNDS.length] = 1;
    // The mean of the cut-off distribution: E[X; X<=limit] = mean * Phi(z - spread).
    const cut = Number.isFinite(limit)
      ? normalShare((Math.log(limit) - location) / spread - spread) / whole
      : 1;
    return {
      mean: Math.exp(location + square / 2) * cut + delay,
      shares,
      delayed: by => logNormalDuration(moments, limit, delay + by),
    };
  });
}
