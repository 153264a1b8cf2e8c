const UNITS = [
  ['dayUnit', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
] as const;

/** A time in the largest unit of which there is more than one. */
export function inLargestUnit(seconds: number): {
  unit: 'dayUnit' | 'hours' | 'minutes' | 'seconds';
  value: number;
} {
  const found = UNITS.find(([, size]) => seconds >= size);
  const [unit, size] = found ?? (['seconds', 1] as const);
  return { unit, value: Math.round((seconds / size) * 10) / 10 };
}
