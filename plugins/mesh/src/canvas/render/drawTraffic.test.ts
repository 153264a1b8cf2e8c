import { dotCount, dotSeconds, failedDots } from './drawTraffic';

describe('traffic dots', () => {
  it('grow in number with the rate, within bounds', () => {
    expect([0, 0.5, 3, 100, 1e6].map(dotCount)).toEqual([0, 1, 2, 7, 9]);
  });

  it('slow down with latency', () => {
    expect(dotSeconds(1)).toBeLessThan(dotSeconds(100));
    expect(dotSeconds(1e9)).toBe(6);
  });

  it('show failures as soon as there are any', () => {
    const link = (errorShare: number) => ({ errorShare });
    expect(failedDots(link(0), 5)).toBe(0);
    expect(failedDots(link(0.01), 5)).toBe(1);
    expect(failedDots(link(0.6), 5)).toBe(3);
    expect(failedDots(link(1), 5)).toBe(5);
  });
});
