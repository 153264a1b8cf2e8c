/** What a number of an operand counts. @public */
export type FindUnit =
  | 'requestsPerSecond'
  | 'bytesPerSecond'
  | 'milliseconds'
  | 'percent'
  | 'count';

const THOUSANDS = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
const BYTES = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** What each suffix multiplies a number with, by unit; case does not matter. */
const FACTORS: Record<FindUnit, Readonly<Record<string, number>>> = {
  requestsPerSecond: { ...THOUSANDS, rps: 1, krps: 1e3 },
  bytesPerSecond: { ...THOUSANDS, ...BYTES },
  milliseconds: { us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 6e4, min: 6e4 },
  percent: { '%': 1 },
  count: THOUSANDS,
};

/** Suffix that a canonical number of the unit is written with. */
export const UNIT_SUFFIX: Record<FindUnit, string> = {
  requestsPerSecond: '',
  bytesPerSecond: '',
  milliseconds: 'ms',
  percent: '%',
  count: '',
};

/** Numbers as people write them, for messages. */
export const QUANTITY_EXAMPLES: Record<FindUnit, readonly string[]> = {
  requestsPerSecond: ['0.5', '1.5k'],
  bytesPerSecond: ['1000', '2MB'],
  milliseconds: ['200ms', '1.5s'],
  percent: ['5', '5%'],
  count: ['2'],
};

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(.*)$/i;

/** Suffixes that a unit takes, for messages. */
export function suffixesOf(unit: FindUnit): string[] {
  return Object.keys(FACTORS[unit]);
}

/**
 * Reads a number with its suffix, such as `1.5k`, `200ms` or `2MB/s`.
 *
 * @returns the number in `unit`, or undefined if it is none
 */
export function parseQuantity(
  text: string,
  unit: FindUnit,
): number | undefined {
  const [, digits, written] = NUMBER.exec(text) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const isRate = unit === 'requestsPerSecond' || unit === 'bytesPerSecond';
  const lower = written.toLowerCase();
  const suffix = isRate ? lower.replace(/\/s$/, '') : lower;
  const factors = FACTORS[unit];
  const known = suffix === '' || Object.hasOwn(factors, suffix);
  const number = Number(digits) * (factors[suffix] ?? 1);
  // Adding zero makes the zero with a sign the one without.
  return known && Number.isFinite(number) ? number + 0 : undefined;
}
