import { overflowShare, shedShare, slowdown } from './overflow';

describe('overload', () => {
  it('follows the Erlang loss formula', () => {
    // One place, one request on it on average: half find it taken.
    expect(overflowShare(1, 1)).toBeCloseTo(0.5);
    expect(overflowShare(2, 3)).toBeCloseTo(0.2105, 3);
    expect(overflowShare(1, undefined)).toBe(0);
    expect(overflowShare(1, 1000)).toBe(0);
    expect(overflowShare(5, 0)).toBe(1);
  });

  it('slows down before it refuses', () => {
    expect(slowdown(0.5)).toBe(1);
    expect(slowdown(0.9)).toBeGreaterThan(2);
    expect(shedShare(0.9)).toBe(0);
    expect(shedShare(2)).toBeCloseTo(0.5);
  });
});
