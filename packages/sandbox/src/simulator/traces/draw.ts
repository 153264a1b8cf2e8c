import type { Random } from '../../random';
import type { Moments } from '../traffic/duration';

/** So many lower-case hexadecimal digits. */
export function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits) {
    text += random.integer(0x10000).toString(16).padStart(4, '0');
  }
  return text.slice(0, digits);
}

/** One entry of a list, each as likely as its weight; undefined when nothing weighs. */
export function weighted<T>(
  random: Random,
  list: readonly T[],
  weight: (entry: T) => number,
): T | undefined {
  const total = list.reduce((sum, entry) => sum + weight(entry), 0);
  let left = random.next() * total;
  return list.find(entry => {
    left -= weight(entry);
    return left < 0;
  });
}

/** A whole number whose mean is the given one. */
export function about(random: Random, mean: number): number {
  return Math.floor(mean) + (random.next() < mean % 1 ? 1 : 0);
}

/** A log-normal time with these moments, in milliseconds. */
export function duration(random: Random, { mean, variance }: Moments): number {
  const safe = Math.max(mean, 0.05);
  const square = Math.log(1 + variance / safe ** 2);
  const location = Math.log(safe) - square / 2;
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  const normal = radius * Math.cos(2 * Math.PI * random.next());
  return Math.exp(location + Math.sqrt(square) * normal);
}
