import { InvalidValueError } from '../errors';
import { formatDuration, parseDuration } from './duration';

/**
 * A time range as people write it: `now`, `now-15m` or an RFC 3339 instant.
 *
 * @public
 */
export type TimeRange = { from: string; to: string };

/**
 * A time range at one moment. Both are milliseconds since the Unix epoch.
 *
 * @public
 */
export type ResolvedTimeRange = {
  fromMilliseconds: number;
  toMilliseconds: number;
};

/** @public */
export const DEFAULT_TIME_RANGE: TimeRange = { from: 'now-1m', to: 'now' };

const INSTANT =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads an RFC 3339 instant as milliseconds since the Unix epoch.
 *
 * @throws InvalidValueError naming `field`.
 * @public
 */
export function parseInstant(text: string, field = 'at'): number {
  const milliseconds = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new InvalidValueError(
      field,
      'an RFC 3339 instant such as 2026-11-23T10:00:00Z',
      text,
    );
  }
  return milliseconds;
}

function resolveEnd(text: string, now: number, field: string): number {
  if (text === 'now') {
    return now;
  }
  if (text.startsWith('now-')) {
    return now - parseDuration(text.slice('now-'.length), field) * 1000;
  }
  return parseInstant(text, field);
}

/**
 * Fixes a range at a moment.
 *
 * @param now - milliseconds since the Unix epoch
 * @throws InvalidValueError naming `from` or `to`.
 * @public
 */
export function resolveTimeRange(
  range: TimeRange,
  now: number,
): ResolvedTimeRange {
  const fromMilliseconds = resolveEnd(range.from, now, 'from');
  const toMilliseconds = resolveEnd(range.to, now, 'to');
  if (fromMilliseconds >= toMilliseconds) {
    throw new InvalidValueError('from', 'a moment before `to`', range.from);
  }
  return { fromMilliseconds, toMilliseconds };
}

/**
 * Whether the range ends now, so that a view of it can be live.
 *
 * @public
 */
export function isLiveRange(range: TimeRange): boolean {
  return range.to === 'now';
}

/**
 * The window and the moment that an API takes for a range: the moment is
 * left out for a live range, because it is then the server's own now.
 *
 * @throws InvalidValueError as {@link resolveTimeRange}.
 * @public
 */
export function windowOfRange(
  range: TimeRange,
  now: number,
): { duration: string; at?: string } {
  const { fromMilliseconds, toMilliseconds } = resolveTimeRange(range, now);
  const seconds = Math.max(
    1,
    Math.round((toMilliseconds - fromMilliseconds) / 1000),
  );
  return {
    duration: formatDuration(seconds),
    ...(isLiveRange(range)
      ? {}
      : { at: new Date(toMilliseconds).toISOString() }),
  };
}
