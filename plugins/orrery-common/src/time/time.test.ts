import fc from 'fast-check';
import {
  formatDuration,
  isLiveRange,
  parseDuration,
  parseInstant,
  resolveTimeRange,
  windowOfRange,
} from '.';

const NOW = Date.parse('2026-11-23T10:00:00Z');

describe('durations', () => {
  it.each([
    ['300s', 300],
    ['15m', 900],
    ['6h', 21600],
    ['1d', 86400],
  ])('reads %s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(['', '15', 'm', '0m', '-5m', '1.5h', '15 m', '99999999s'])(
    'refuses %j',
    text => {
      expect(() => parseDuration(text, 'duration')).toThrow(
        /^duration: expected a number with a unit/,
      );
    },
  );

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), seconds => {
        expect(parseDuration(formatDuration(seconds))).toBe(seconds);
      }),
    );
  });
});

describe('ranges', () => {
  it('resolves relative ends against the given moment', () => {
    expect(resolveTimeRange({ from: 'now-15m', to: 'now' }, NOW)).toEqual({
      fromMilliseconds: NOW - 900_000,
      toMilliseconds: NOW,
    });
  });

  it('accepts instants with an offset', () => {
    expect(parseInstant('2026-11-23T18:00:00+08:00')).toBe(NOW);
  });

  it.each([
    [{ from: 'yesterday', to: 'now' }, /^from: expected an RFC 3339 instant/],
    [{ from: 'now-1x', to: 'now' }, /^from: expected a number with a unit/],
    [{ from: 'now', to: 'now-5m' }, /^from: expected a moment before/],
    [{ from: 'now-1m', to: '2026-13-40T00:00:00Z' }, /^to: expected/],
  ])('refuses %j', (range, message) => {
    expect(() => resolveTimeRange(range, NOW)).toThrow(message);
  });

  it('asks for a moment only when the range is in the past', () => {
    expect(windowOfRange({ from: 'now-5m', to: 'now' }, NOW)).toEqual({
      duration: '5m',
    });
    const past = { from: '2026-11-23T08:00:00Z', to: '2026-11-23T08:01:30Z' };
    expect(isLiveRange(past)).toBe(false);
    expect(windowOfRange(past, NOW)).toEqual({
      duration: '90s',
      at: '2026-11-23T08:01:30.000Z',
    });
  });
});
