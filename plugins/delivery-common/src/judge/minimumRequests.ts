import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { ABORT_CHANCE, PLANNED_LOOKS } from './chances';
import { normalQuantile, normalTail } from './distributions';
import { likeliestShares } from './shares';

/** Chance to miss a regression of the documented size. */
const MISS_CHANCE = 0.003;
/**
 * Latencies are taken to be at most as heavy in their tail as a log-normal
 * law with this spread: a p99 of ten times the median.
 */
const SPREAD = 1;
/** The normal law is not exact; what the simulation showed to be needed more. */
const RESERVE = 1.15;
const SLOW_SHARE = 0.05;

function sizeOf(options: {
  looks: number;
  /** Distance of the documented regression from the limit, as a share. */
  gap: number;
  /** Variance of one canary request's part in the difference. */
  atLimit: number;
  atRegression: number;
}): number {
  const { looks, gap, atLimit, atRegression } = options;
  return (
    RESERVE *
    ((normalQuantile(ABORT_CHANCE / looks) * Math.sqrt(atLimit) +
      normalQuantile(MISS_CHANCE) * Math.sqrt(atRegression)) /
      gap) **
      2
  );
}

function forErrors(
  baseline: number,
  margin: number,
  ratio: number,
  looks: number,
): number {
  const bad = Math.min(1, baseline + 2 * margin);
  const at = likeliestShares(
    { hits: bad, total: 1 },
    { hits: baseline * ratio, total: ratio },
    margin,
  );
  const variance = (canary: number, stable: number) =>
    canary * (1 - canary) + (stable * (1 - stable)) / ratio;
  return sizeOf({
    looks,
    gap: bad - baseline - margin,
    atLimit: variance(at.canary, at.stable),
    atRegression: variance(bad, baseline),
  });
}

function forLatency(increase: number, ratio: number, looks: number): number {
  const atLimit = normalQuantile(SLOW_SHARE);
  const atRegression =
    atLimit - Math.log((1 + 2 * increase) / (1 + increase)) / SPREAD;
  const slow = normalTail(atRegression);
  // An error of stable's p95 counts by the canary's density where it falls.
  const densities = Math.exp(atLimit ** 2 - atRegression ** 2);
  const variance = SLOW_SHARE * (1 - SLOW_SHARE);
  return sizeOf({
    looks,
    gap: slow - SLOW_SHARE,
    atLimit: variance * (1 + 1 / ratio),
    atRegression: slow * (1 - slow) + (variance * densities) / ratio,
  });
}

/**
 * Requests to the canary in one step at which the judge keeps its word: fewer
 * than 1 % of steps with no regression are aborted, and fewer than 1 % of
 * steps with errors at twice the margin above stable, or a p95 at twice its
 * limit above, are not.
 *
 * The size is that of a score test of two shares with unequal variances under
 * both hypotheses (Farrington and Manning 1990, formula 6), its level being
 * that of one of the planned looks. For the p95, the shares are those of
 * requests beyond the limit, of latencies with a tail as heavy as a
 * log-normal law's with a spread of 1.
 *
 * @param options - `baselineErrorShare`: stable's, 0..1; `weightPercent`: the
 *   canary's share of all requests: the less stable has, the more are needed
 * @throws InvalidValueError naming the field
 * @public
 */
export function minimumRequestsFor(options: {
  baselineErrorShare: number;
  maximumErrorIncreasePoints?: number;
  maximumP95IncreasePercent?: number;
  weightPercent?: number;
  plannedLooks?: number;
}): number {
  const {
    baselineErrorShare,
    maximumErrorIncreasePoints: points,
    maximumP95IncreasePercent: percent,
    weightPercent = 50,
    plannedLooks = PLANNED_LOOKS,
  } = options;
  if (!(baselineErrorShare >= 0 && baselineErrorShare < 1)) {
    throw new InvalidValueError(
      'baselineErrorShare',
      'a share from 0 to below 1',
      baselineErrorShare,
    );
  }
  if (!(weightPercent > 0 && weightPercent < 100)) {
    throw new InvalidValueError(
      'weightPercent',
      'a percentage between 0 and 100, so that both sides have requests',
      weightPercent,
    );
  }
  const ratio = (100 - weightPercent) / weightPercent;
  const needed = Math.max(
    points === undefined
      ? 0
      : forErrors(baselineErrorShare, points / 100, ratio, plannedLooks),
    percent === undefined ? 0 : forLatency(percent / 100, ratio, plannedLooks),
  );
  return Math.max(10, Math.ceil(needed / 10) * 10);
}
