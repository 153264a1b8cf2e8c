import { Ticker } from './ticker';

describe('Ticker', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs at its distance and never twice at a time', async () => {
    let finish: () => void = () => undefined;
    let runs = 0;
    const ticker = new Ticker(100, () => {
      runs++;
      return new Promise(resolve => {
        finish = () => resolve({ total: 30, longestSlice: 6 });
      });
    });
    ticker.start();
    await jest.advanceTimersByTimeAsync(350);
    expect(runs).toBe(1);
    finish();
    await jest.advanceTimersByTimeAsync(110);
    expect(runs).toBe(2);
    expect(ticker.statistics()).toEqual({
      runs: 1,
      meanMilliseconds: 30,
      maxMilliseconds: 30,
      longestSliceMilliseconds: 6,
    });
    ticker.stop();
    finish();
    await jest.advanceTimersByTimeAsync(500);
    expect(runs).toBe(2);
  });

  it('keeps to multiples of its interval when told a clock', async () => {
    let now = 12_340;
    const seen: number[] = [];
    const ticker = new Ticker(
      5000,
      () => {
        seen.push(now);
      },
      { alignTo: { now: () => now } },
    );
    ticker.start();
    await jest.advanceTimersByTimeAsync(2659);
    expect(seen).toEqual([]);
    now = 15_000;
    await jest.advanceTimersByTimeAsync(1);
    expect(seen).toEqual([15_000]);
    ticker.stop();
  });
});
