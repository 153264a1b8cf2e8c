type NumberFunction = (value: number) => number;

/** Functions of one number, by their PromQL names. */
export const MATH: ReadonlyMap<string, NumberFunction> = new Map<
  string,
  NumberFunction
>([
  ['abs', Math.abs],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
  ['exp', Math.exp],
  ['ln', Math.log],
  ['log2', Math.log2],
  ['log10', Math.log10],
  ['sqrt', Math.sqrt],
  ['sgn', value => (value < 0 || value > 0 ? Math.sign(value) : value)],
  ['acos', Math.acos],
  ['acosh', Math.acosh],
  ['asin', Math.asin],
  ['asinh', Math.asinh],
  ['atan', Math.atan],
  ['atanh', Math.atanh],
  ['cos', Math.cos],
  ['cosh', Math.cosh],
  ['sin', Math.sin],
  ['sinh', Math.sinh],
  ['tan', Math.tan],
  ['tanh', Math.tanh],
  ['deg', value => (value * 180) / Math.PI],
  ['rad', value => (value * Math.PI) / 180],
]);

/** Rounds to the nearest multiple, halves upwards. The inverse keeps 0.1 and the like exact. */
export function roundTo(value: number, nearest: number): number {
  const inverse = 1 / nearest;
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** A value kept within bounds; undefined where the bounds exclude each other. */
export function clampBetween(
  value: number,
  lower: number,
  upper: number,
): number | undefined {
  if (upper < lower) return undefined;
  return Math.max(lower, Math.min(upper, value));
}
