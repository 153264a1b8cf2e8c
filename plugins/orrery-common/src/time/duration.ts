import { InvalidValueError } from '../errors';

const UNIT_SECONDS: Record<string, number> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
};

/**
 * Reads a duration such as `300s`, `15m` or `6h` as seconds.
 *
 * @throws InvalidValueError naming `field`.
 * @public
 */
export function parseDuration(text: string, field = 'duration'): number {
  const match = /^(\d{1,7})(s|m|h|d)$/.exec(text);
  const seconds = match ? Number(match[1]) * UNIT_SECONDS[match[2]] : 0;
  if (seconds <= 0) {
    throw new InvalidValueError(
      field,
      'a number with a unit s, m, h or d, such as 15m',
      text,
    );
  }
  return seconds;
}

/**
 * Writes seconds with the largest unit that divides them: 900 is `15m`.
 *
 * @public
 */
export function formatDuration(seconds: number): string {
  for (const unit of ['d', 'h', 'm']) {
    if (seconds >= UNIT_SECONDS[unit] && seconds % UNIT_SECONDS[unit] === 0) {
      return `${seconds / UNIT_SECONDS[unit]}${unit}`;
    }
  }
  return `${seconds}s`;
}
