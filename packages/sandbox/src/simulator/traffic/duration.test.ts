import {
  constantDuration,
  DURATION_BOUNDS,
  logNormalDuration,
  logNormalMoments,
  normalShare,
  shareWithin,
} from './duration';

describe('durations', () => {
  it('knows the normal distribution', () => {
    expect(normalShare(0)).toBeCloseTo(0.5, 6);
    expect(normalShare(1.6448536)).toBeCloseTo(0.95, 5);
    expect(normalShare(-1.6448536)).toBeCloseTo(0.05, 5);
  });

  it('puts half of the responses below the median', () => {
    const duration = logNormalDuration(logNormalMoments(100, 0.6));
    expect(duration.shares[DURATION_BOUNDS.indexOf(100)]).toBeCloseTo(0.5, 2);
    expect(duration.mean).toBeCloseTo(100 * Math.exp(0.18), -0.5);
  });

  it('never decreases and ends at one', () => {
    const { shares } = logNormalDuration(logNormalMoments(340, 0.9), 5000, 70);
    for (let index = 1; index < shares.length; index++) {
      expect(shares[index]).toBeGreaterThanOrEqual(shares[index - 1]);
    }
    expect(shares[shares.length - 1]).toBe(1);
    expect(shares[DURATION_BOUNDS.indexOf(50)]).toBe(0);
  });

  it('cuts off at a timeout', () => {
    const moments = logNormalMoments(1000, 0.5);
    expect(shareWithin(moments, 1000)).toBeCloseTo(0.5, 3);
    const cut = logNormalDuration(moments, 1000);
    expect(cut.shares[DURATION_BOUNDS.indexOf(1000)]).toBeCloseTo(1, 5);
    expect(cut.mean).toBeLessThan(1000);
  });

  it('counts a constant time in its own bucket', () => {
    const { shares, mean } = constantDuration(5000);
    expect(mean).toBe(5000);
    expect(shares[DURATION_BOUNDS.indexOf(2500)]).toBe(0);
    expect(shares[DURATION_BOUNDS.indexOf(5000)]).toBe(1);
  });
});
