import { abortChance, BLATANT_HITS, PASS_CHANCE } from './chances';
import type { JudgedMetric, JudgedSide } from './schema';
import { differenceInterval, testShares } from './shares';
import { figure, signed } from './words';

/** Counts come from extrapolated counters, and are not whole. */
function countOf(side: JudgedSide) {
  const { requests, failures } = side;
  if (requests === undefined || failures === undefined) {
    return undefined;
  }
  const total = Math.round(requests);
  return { hits: Math.min(total, Math.max(0, Math.round(failures))), total };
}

/**
 * Whether more of the canary's requests fail than stable's and a margin:
 * a non-inferiority test of two shares, see `testShares`.
 *
 * @param options - `isEnough`: whether there are as many requests as a
 *   verdict needs; before that, only blatant failure counts
 */
export function judgeErrors(
  sides: { stable: JudgedSide; canary: JudgedSide },
  limitPoints: number,
  options: { isEnough: boolean; plannedLooks: number },
): JudgedMetric {
  const stable = countOf(sides.stable);
  const canary = countOf(sides.canary);
  const shell = {
    name: 'errors',
    unit: 'percent',
    differenceUnit: 'points',
    limit: limitPoints,
    limitOf: 'difference',
  } as const;
  if (!stable || !canary || stable.total === 0 || canary.total === 0) {
    const silent = !canary || canary.total === 0 ? 'canary' : 'stable';
    const isKnown = silent === 'canary' ? canary : stable;
    return {
      ...shell,
      state: 'unknown',
      sentence: isKnown
        ? `Errors cannot be compared: ${silent} answered no requests`
        : `Errors cannot be compared: requests of ${silent} are not known`,
    };
  }
  const { worse, better } = testShares(canary, stable, limitPoints / 100);
  const percent = {
    stable: (stable.hits / stable.total) * 100,
    canary: (canary.hits / canary.total) * 100,
  };
  const difference = percent.canary - percent.stable;
  const { low, high } = differenceInterval(canary, stable);
  const isFailing =
    worse < abortChance(options.isEnough, options.plannedLooks) &&
    (options.isEnough || canary.hits >= BLATANT_HITS);
  const passes = better < PASS_CHANCE ? 'passing' : 'inconclusive';
  const state = isFailing ? 'failing' : passes;
  return {
    ...shell,
    ...percent,
    state,
    difference,
    interval: { low: low * 100, high: high * 100 },
    pValue: worse,
    sentence: `${figure(
      percent.canary,
    )} % of the canary’s requests fail, ${figure(
      percent.stable,
    )} % of stable’s (${signed(difference)} points, at most ${signed(
      limitPoints,
    )})`,
  };
}
