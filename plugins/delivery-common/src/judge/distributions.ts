const ITERATIONS = 300;
const PRECISION = 1e-14;
/** From here on the continued fraction of the tail is quicker than the series. */
const TAIL_STARTS = 2.5;

function density(z: number): number {
  return Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * Probability that a standard normal variable is above `z`: the series
 * 26.2.11 near the middle, the continued fraction 26.2.14 in the tail
 * (Abramowitz and Stegun, Handbook of Mathematical Functions).
 */
export function normalTail(z: number): number {
  if (z < 0) {
    return 1 - normalTail(-z);
  }
  if (z < TAIL_STARTS) {
    let term = z;
    let sum = z;
    for (let odd = 3; term > sum * PRECISION; odd += 2) {
      term *= (z * z) / odd;
      sum += term;
    }
    return 0.5 - density(z) * sum;
  }
  let fraction = z;
  for (let level = 60; level > 0; level--) {
    fraction = z + level / fraction;
  }
  return density(z) / fraction;
}

/**
 * The `z` above which a standard normal variable is with this probability:
 * the approximation 26.2.23 of Abramowitz and Stegun, made exact by Newton.
 */
export function normalQuantile(tail: number): number {
  if (tail > 0.5) {
    return -normalQuantile(1 - tail);
  }
  const t = Math.sqrt(-2 * Math.log(tail));
  let z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  for (let step = 0; step < 3; step++) {
    z += (normalTail(z) - tail) / density(z);
  }
  return z;
}

/** Stirling's series of the logarithm of the gamma function (A. and S. 6.1.41). */
function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 12) {
    shift -= Math.log(at);
    at += 1;
  }
  const inverse = 1 / (at * at);
  const series =
    (1 / 12 -
      inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680)))) /
    at;
  return (
    shift +
    (at - 0.5) * Math.log(at) -
    at +
    0.5 * Math.log(2 * Math.PI) +
    series
  );
}

/**
 * Regularized incomplete beta function I_x(a, b) by the continued fraction
 * 26.5.8 of Abramowitz and Stegun, evaluated forwards.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) {
    return x <= 0 ? 0 : 1;
  }
  // The fraction converges fast on this side of the middle only.
  if (x > (a + 1) / (a + b + 2)) {
    return 1 - incompleteBeta(1 - x, b, a);
  }
  const front = Math.exp(
    logGamma(a + b) -
      logGamma(a) -
      logGamma(b) +
      a * Math.log(x) +
      b * Math.log1p(-x),
  );
  let [lastTop, top] = [1, 1];
  let [lastBottom, bottom] = [0, 1];
  let value = 1;
  for (let n = 1; n < ITERATIONS; n++) {
    const m = Math.floor(n / 2);
    const coefficient =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    [lastTop, top] = [top, top + coefficient * lastTop];
    [lastBottom, bottom] = [bottom, bottom + coefficient * lastBottom];
    const scale = 1 / bottom;
    lastTop *= scale;
    lastBottom *= scale;
    top *= scale;
    bottom = 1;
    if (Math.abs(top - value) < PRECISION * Math.abs(top)) {
      break;
    }
    value = top;
  }
  return front / (a * top);
}

/** Probability of at least `hits` hits in `total` trials of chance `share`. */
export function binomialTail(
  hits: number,
  total: number,
  share: number,
): number {
  return hits <= 0 ? 1 : incompleteBeta(share, hits, total - hits + 1);
}

/** Probability that Student's t of these degrees of freedom is above `t`. */
export function studentTail(t: number, degrees: number): number {
  const half =
    incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t >= 0 ? half : 1 - half;
}
