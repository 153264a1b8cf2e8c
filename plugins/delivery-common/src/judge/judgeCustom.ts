import { abortChance, PASS_CHANCE } from './chances';
import { studentTail } from './distributions';
import type { CustomLimit, JudgedMetric, JudgedSide } from './schema';
import { figure, signed } from './words';

/** Fewer values than this say nothing about how much they vary. */
const FEWEST_VALUES = 5;

type Sample = { mean: number; variance: number; size: number };

function sampleOf(values: readonly number[] | undefined): Sample | undefined {
  const known = (values ?? []).filter(Number.isFinite);
  if (known.length < FEWEST_VALUES) {
    return undefined;
  }
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance =
    known.reduce((sum, value) => sum + (value - mean) ** 2, 0) /
    (known.length - 1);
  return { mean, variance, size: known.length };
}

/**
 * Tests whether a mean is above a bound: Welch's t test, the bound being a
 * multiple of another sample's mean, or a constant
 * (Welch, Biometrika 34 (1947), 28-35).
 */
function testMean(
  sample: Sample,
  bound: { of: Sample; factor: number } | number,
): { worse: number; better: number } {
  const own = sample.variance / sample.size;
  const other =
    typeof bound === 'number'
      ? 0
      : (bound.factor ** 2 * bound.of.variance) / bound.of.size;
  const at = typeof bound === 'number' ? bound : bound.factor * bound.of.mean;
  const difference = sample.mean - at;
  const variance = own + other;
  if (variance === 0) {
    // Constant values leave no doubt; at the bound itself they are within it.
    return difference > 0 ? { worse: 0, better: 1 } : { worse: 1, better: 0 };
  }
  const degrees =
    variance ** 2 /
    (own ** 2 / (sample.size - 1) +
      (typeof bound === 'number' ? 0 : other ** 2 / (bound.of.size - 1)));
  const t = difference / Math.sqrt(variance);
  return { worse: studentTail(t, degrees), better: studentTail(-t, degrees) };
}

function negated({ mean, ...rest }: Sample): Sample {
  return { ...rest, mean: -mean };
}

type Options = { isEnough: boolean; plannedLooks: number };

function stateOf(
  { worse, better }: { worse: number; better: number },
  { isEnough, plannedLooks }: Options,
): JudgedMetric['state'] {
  if (worse < abortChance(isEnough, plannedLooks)) {
    return 'failing';
  }
  return better < PASS_CHANCE ? 'passing' : 'inconclusive';
}

function tooFew(name: string, side: string, values: readonly number[] = []) {
  return values.length === 0
    ? `${name} cannot be judged: it has no values for ${side}`
    : `${name} cannot be judged yet: ${values.length} of ${FEWEST_VALUES} values for ${side}`;
}

/**
 * Judges a metric of one's own by each of its limits, on the means of its
 * values.
 */
export function judgeCustom(
  sides: { stable: JudgedSide; canary: JudgedSide },
  limits: CustomLimit,
  options: Options,
): JudgedMetric[] {
  const { name, maximumIncreasePercent, maximum, minimum } = limits;
  const values = {
    canary: sides.canary.custom?.[name],
    stable: sides.stable.custom?.[name],
  };
  const canary = sampleOf(values.canary);
  const stable = sampleOf(values.stable);
  const shell = {
    name,
    unit: 'own',
    ...(canary && { canary: canary.mean }),
    ...(stable && { stable: stable.mean }),
  } as const;
  const missing = (side: 'canary' | 'stable') => ({
    state:
      (values[side] ?? []).length === 0
        ? ('unknown' as const)
        : ('inconclusive' as const),
    sentence: tooFew(name, side, values[side]),
  });

  const judged: JudgedMetric[] = [];
  if (maximumIncreasePercent !== undefined) {
    const factor = 1 + maximumIncreasePercent / 100;
    const common = {
      ...shell,
      differenceUnit: 'percent',
      limit: maximumIncreasePercent,
      limitOf: 'difference',
    } as const;
    if (!canary || !stable) {
      judged.push({ ...common, ...missing(canary ? 'stable' : 'canary') });
    } else {
      const tested = testMean(canary, { of: stable, factor });
      const difference =
        stable.mean === 0 ? undefined : (canary.mean / stable.mean - 1) * 100;
      judged.push({
        ...common,
        state: stateOf(tested, options),
        ...(difference !== undefined && { difference }),
        pValue: tested.worse,
        sentence: `${name} is ${figure(canary.mean)}, stable’s ${figure(
          stable.mean,
        )} (at most ${signed(maximumIncreasePercent)} %)`,
      });
    }
  }
  for (const [limitOf, limit] of [
    ['maximum', maximum],
    ['minimum', minimum],
  ] as const) {
    if (limit === undefined) {
      continue;
    }
    const common = {
      ...shell,
      differenceUnit: 'own',
      limit,
      limitOf,
    } as const;
    if (!canary) {
      judged.push({ ...common, ...missing('canary') });
      continue;
    }
    const tested =
      limitOf === 'maximum'
        ? testMean(canary, limit)
        : testMean(negated(canary), -limit);
    judged.push({
      ...common,
      state: stateOf(tested, options),
      pValue: tested.worse,
      sentence: `${name} is ${figure(canary.mean)} (at ${
        limitOf === 'maximum' ? 'most' : 'least'
      } ${figure(limit)})`,
    });
  }
  return judged;
}
