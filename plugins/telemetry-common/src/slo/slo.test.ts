import fc from 'fast-check';
import { judgeLevel } from './judgeLevel';
import { readLevels, type DeclaredLevel } from './readLevels';
import { shareAbove } from './shareAbove';

const LEVEL: DeclaredLevel = {
  id: 'availability',
  kind: 'availability',
  objective: 0.999,
  windowDays: 30,
  origin: 'orrery.dev/slo-availability',
};

describe('readLevels', () => {
  it('reads what annotations declare', () => {
    const { levels, problems } = readLevels({
      'orrery.dev/slo-availability': '99.9',
      'orrery.dev/slo-latency': '0.3s:99',
      'orrery.dev/slo-window-days': '7',
    });
    expect(problems).toEqual([]);
    expect(levels).toMatchObject([
      { kind: 'availability', objective: 0.999, windowDays: 7 },
      { kind: 'latency', objective: 0.99, thresholdMilliseconds: 300 },
    ]);
  });

  it.each([
    ['orrery.dev/slo-availability', '100'],
    ['orrery.dev/slo-availability', 'high'],
    ['orrery.dev/slo-latency', '300:99'],
    ['orrery.dev/slo-latency', '300ms:0'],
    ['orrery.dev/slo-window-days', '0.5'],
  ])('says what is wrong with %s: %s', (name, value) => {
    const { levels, problems } = readLevels({ [name]: value });
    expect(levels).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(`${name}: expected`)]);
  });
});

describe('judgeLevel', () => {
  const facts = (badShares: Record<string, number>) => ({
    badShares,
    badShare: undefined,
    coverage: undefined,
  });

  it.each([
    [{ '1h': 0.02, '5m': 0.02 }, 'fast'],
    [{ '1h': 0.02, '5m': 0.001 }, 'ok'],
    [{ '6h': 0.007, '30m': 0.0061 }, 'fast'],
    [{ '3d': 0.002, '6h': 0.0011 }, 'slow'],
    [{ '3d': 0.002 }, 'ok'],
    [{ '5m': 0 }, 'ok'],
    [{}, 'unknown'],
  ])('%j is %s', (shares, state) => {
    expect(judgeLevel(LEVEL, facts(shares)).state).toBe(state);
  });

  it('spends of the budget only what the metrics cover', () => {
    const level = judgeLevel(LEVEL, {
      badShares: {},
      badShare: 0.002,
      coverage: 0.25,
    });
    expect(level.attained).toBeCloseTo(0.998);
    expect(level.budgetLeft).toBeCloseTo(0.5);
  });
});

describe('shareAbove', () => {
  const buckets = [
    { le: 250, count: 80 },
    { le: 500, count: 90 },
    { le: Infinity, count: 100 },
  ];

  it.each([
    [250, 0.2, true],
    [300, 0.18, false],
    [1000, 0.1, false],
  ])('of %i ms is %f', (threshold, share, isExact) => {
    const answer = shareAbove(buckets, threshold);
    expect(answer?.share).toBeCloseTo(share);
    expect(answer?.isExact).toBe(isExact);
  });

  it('is a share that falls with the threshold', () => {
    fc.assert(
      fc.property(
        fc.float({ min: 0, max: 2000, noNaN: true }),
        fc.float({ min: 0, max: 2000, noNaN: true }),
        (one, other) => {
          const [low, high] = [Math.min(one, other), Math.max(one, other)];
          const left = shareAbove(buckets, low)?.share ?? -1;
          const right = shareAbove(buckets, high)?.share ?? -1;
          expect(left).toBeLessThanOrEqual(1);
          expect(right).toBeGreaterThanOrEqual(0);
          expect(left).toBeGreaterThanOrEqual(right - 1e-9);
        },
      ),
    );
  });

  it('is unknown without observations', () => {
    expect(shareAbove([{ le: Infinity, count: 0 }], 1)).toBeUndefined();
  });
});
