import type { Random } from '../../random';

/** Log-normal number with this median; spread is the deviation of its logarithm. */
export function logNormal(
  random: Random,
  median: number,
  spread: number,
): number {
  // Box and Muller's transformation of two uniform numbers.
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  const normal = radius * Math.cos(2 * Math.PI * random.next());
  return median * Math.exp(spread * normal);
}

/** A number in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}

/** Index in [0, count) with small ones far more likely: the rich get richer. */
export function popular(random: Random, count: number): number {
  return Math.min(Math.floor(count * random.next() ** 3), count - 1);
}
