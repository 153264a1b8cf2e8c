import fc from 'fast-check';
import { normalTail } from './distributions';
import { readSlowness, slowerThan, slowestShare } from './latency';

const BOUNDS = [5, 10, 25, 50, 100, 250, 500, 1000, 2500];

/** Buckets of a log-normal law. */
function lawful(median: number, spread: number, total = 1e7) {
  return [
    ...BOUNDS.map(le => ({
      le,
      count: total * (1 - normalTail(Math.log(le / median) / spread)),
    })),
    { le: Infinity, count: total },
  ];
}

describe('latency from buckets', () => {
  it('finds the p95 of log-normal latencies, wherever it lies', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 8, max: 400, noNaN: true }),
        fc.double({ min: 0.3, max: 1, noNaN: true }),
        (median, spread) => {
          const read = readSlowness(lawful(median, spread));
          const p95 = median * Math.exp(1.6448536 * spread);
          expect((read && slowestShare(read, 0.05)) ?? 0).toBeGreaterThan(
            p95 * 0.99,
          );
          expect((read && slowestShare(read, 0.05)) ?? 0).toBeLessThan(
            p95 * 1.01,
          );
          expect((read && slowerThan(read, p95)) ?? 0).toBeCloseTo(0.05, 3);
        },
      ),
    );
  });

  it('never rises with time', () => {
    const read = readSlowness(lawful(60, 0.7, 1000));
    let last = 1;
    for (let at = 0.5; at < 2500; at *= 1.1) {
      const share = (read && slowerThan(read, at)) ?? 1;
      expect(share).toBeLessThanOrEqual(last + 1e-12);
      last = share;
    }
  });

  it('knows where it ends', () => {
    const slow = readSlowness([
      { le: 10, count: 50 },
      { le: Infinity, count: 100 },
    ]);
    expect(slow && slowestShare(slow, 0.05)).toBeUndefined();
    expect(slow && slowerThan(slow, 11)).toBeUndefined();
    expect(readSlowness([])).toBeUndefined();
    expect(readSlowness([{ le: 10, count: 50 }])).toBeUndefined();
    expect(readSlowness([{ le: Infinity, count: 50 }])).toBeUndefined();
    expect(readSlowness([{ le: Infinity, count: 0 }])).toBeUndefined();
  });
});
