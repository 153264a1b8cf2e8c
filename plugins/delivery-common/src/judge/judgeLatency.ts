import { abortChance, BLATANT_HITS, PASS_CHANCE } from './chances';
import { binomialTail, normalTail } from './distributions';
import {
  readSlowness,
  slowerThan,
  slowestShare,
  type Slowness,
} from './latency';
import type { JudgedMetric, JudgedSide } from './schema';
import { figure, signed } from './words';

const SLOW_SHARE = 0.05;
const VARIANCE = SLOW_SHARE * (1 - SLOW_SHARE);
/** With fewer requests, so few are slow that the normal law does not hold. */
const FEWEST_REQUESTS = 200;

type Compared = {
  stableP95: number;
  canaryP95: number | undefined;
  /** Share of the canary's requests beyond the limit. */
  beyond: number;
  isUpperBound: boolean;
};

function unknownReason(
  stable: Slowness | undefined,
  canary: Slowness | undefined,
  stableP95: number | undefined,
): string {
  if (!stable || !canary) {
    return `latencies of ${stable ? 'the canary' : 'stable'} are not known`;
  }
  return stableP95 === undefined
    ? 'stable’s p95 is beyond the longest time that is measured'
    : 'the limit is beyond the longest time that is measured';
}

function compare(
  stable: Slowness,
  canary: Slowness,
  limitPercent: number,
): Compared | undefined {
  const stableP95 = slowestShare(stable, SLOW_SHARE);
  if (stableP95 === undefined) {
    return undefined;
  }
  const beyond = slowerThan(canary, stableP95 * (1 + limitPercent / 100));
  return {
    stableP95,
    canaryP95: slowestShare(canary, SLOW_SHARE),
    beyond: beyond ?? canary.bounds[canary.bounds.length - 1].slower,
    isUpperBound: beyond === undefined,
  };
}

/**
 * How likely a canary whose p95 is exactly at the limit were as slow as this
 * one (`worse`) or as fast (`better`).
 *
 * At the limit, 5 % of its requests are slower than stable's p95 and the
 * limit. That share is tested: z = (share - 0.05) / sqrt(0.05 * 0.95 *
 * (1/n + 1/m)). The second term is what stable's own p95, an estimate from m
 * requests, adds: an error of its share is one of the canary's share, as
 * their densities are equal at the limit.
 */
function test(
  { beyond }: Compared,
  stable: Slowness,
  canary: Slowness,
  isEnough: boolean,
): { worse: number; better: number } {
  const spread = Math.sqrt(VARIANCE * (1 / canary.total + 1 / stable.total));
  const z = (beyond - SLOW_SHARE) / spread;
  if (isEnough) {
    return { worse: normalTail(z), better: normalTail(-z) };
  }
  // Early, the exact law, with stable's p95 at the edge of what it may be.
  const hits = Math.round(beyond * canary.total);
  const expected = SLOW_SHARE + 4 * Math.sqrt(VARIANCE / stable.total);
  return {
    worse:
      hits >= BLATANT_HITS ? binomialTail(hits, canary.total, expected) : 1,
    better: 1,
  };
}

/**
 * Whether the canary's p95 is above stable's by more than a limit.
 *
 * @param options - `isEnough`: whether there are as many requests as a
 *   verdict needs; before that, only blatant slowness counts
 */
export function judgeLatency(
  sides: { stable: JudgedSide; canary: JudgedSide },
  limitPercent: number,
  options: { isEnough: boolean; plannedLooks: number },
): JudgedMetric {
  const stable = readSlowness(sides.stable.latency ?? []);
  const canary = readSlowness(sides.canary.latency ?? []);
  const shell = {
    name: 'p95',
    unit: 'milliseconds',
    differenceUnit: 'percent',
    limit: limitPercent,
    limitOf: 'difference',
  } as const;
  const compared =
    stable && canary ? compare(stable, canary, limitPercent) : undefined;
  if (!stable || !canary || !compared) {
    return {
      ...shell,
      state: 'unknown',
      sentence: `The p95 cannot be compared: ${unknownReason(
        stable,
        canary,
        undefined,
      )}`,
    };
  }
  const isEnough =
    options.isEnough && Math.min(stable.total, canary.total) >= FEWEST_REQUESTS;
  const { worse, better } = test(compared, stable, canary, isEnough);
  const { stableP95, canaryP95, isUpperBound } = compared;
  const isFailing =
    !isUpperBound && worse < abortChance(isEnough, options.plannedLooks);
  const passes = better < PASS_CHANCE ? 'passing' : 'inconclusive';
  const undecided = isUpperBound && passes !== 'passing' ? 'unknown' : passes;
  const difference =
    canaryP95 === undefined ? undefined : (canaryP95 / stableP95 - 1) * 100;
  const words =
    canaryP95 === undefined || difference === undefined
      ? 'The canary’s p95 is beyond the longest time that is measured'
      : `The canary’s p95 is ${figure(canaryP95)} ms`;
  const told = difference === undefined ? '' : `${signed(difference)} %, `;
  return {
    ...shell,
    state: isFailing ? 'failing' : undecided,
    stable: stableP95,
    ...(canaryP95 !== undefined && { canary: canaryP95 }),
    ...(difference !== undefined && { difference }),
    pValue: worse,
    sentence:
      undecided === 'unknown' && !isFailing
        ? `The p95 cannot be compared: ${unknownReason(
            stable,
            canary,
            stableP95,
          )}`
        : `${words}, stable’s ${figure(stableP95)} ms (${told}at most ${signed(
            limitPercent,
          )} %)`,
  };
}
