import fc from 'fast-check';
import { momentAt, moveByKey, positionOf, ticksOf } from './timeScale';

const HOUR = 3_600_000;
const span = {
  fromMilliseconds: Date.parse('2026-11-23T09:07:00Z'),
  toMilliseconds: Date.parse('2026-11-23T10:07:00Z'),
};

describe('the time scale', () => {
  it('places moments and finds them again, on the grid', () => {
    expect(positionOf(span, span.fromMilliseconds + HOUR / 4)).toBe(0.25);
    fc.assert(
      fc.property(fc.double({ min: -1, max: 2, noNaN: true }), position => {
        const moment = momentAt(span, position, 30_000);
        expect(moment).toBeGreaterThanOrEqual(span.fromMilliseconds);
        expect(moment).toBeLessThanOrEqual(span.toMilliseconds);
        expect(moment % 30_000).toBe(0);
        const bounded = Math.min(1, Math.max(0, position));
        expect(
          Math.abs(positionOf(span, moment) - bounded),
        ).toBeLessThanOrEqual(15_000 / HOUR + 1e-9);
      }),
    );
  });

  it('keeps what is outside at the ends', () => {
    expect(positionOf(span, 0)).toBe(0);
    expect(positionOf(span, span.toMilliseconds + 1)).toBe(1);
  });

  it.each([
    [HOUR, 6],
    [6 * HOUR, 6],
    [24 * HOUR, 4],
    [7 * 24 * HOUR, 7],
  ])('writes a handful of round moments for %d ms', (length, count) => {
    const to = span.toMilliseconds;
    const ticks = ticksOf({
      fromMilliseconds: to - length,
      toMilliseconds: to,
    });
    expect(ticks.length).toBeGreaterThanOrEqual(4);
    expect(ticks.length).toBeLessThanOrEqual(count + 2);
    expect(ticks.every(tick => tick % 300_000 === 0)).toBe(true);
  });

  it('starts days at the viewer’s midnight', () => {
    const to = Date.parse('2026-11-23T10:00:00Z');
    const ticks = ticksOf(
      { fromMilliseconds: to - 7 * 24 * HOUR, toMilliseconds: to },
      -480,
    );
    expect(new Date(ticks[0]).toISOString()).toMatch(/T16:00:00/);
  });

  it('reads keys', () => {
    expect(moveByKey('ArrowLeft')).toEqual({ steps: -1 });
    expect(moveByKey('PageUp')).toEqual({ steps: 10 });
    expect(moveByKey('Home')).toEqual({ to: 'start' });
    expect(moveByKey('a')).toBeUndefined();
  });
});
