import fc from 'fast-check';
import {
  differenceInterval,
  likeliestShares,
  testShares,
  wilson,
} from './shares';

/** Logarithm of the likelihood, without what does not depend on the shares. */
function likelihood(
  { hits, total }: { hits: number; total: number },
  share: number,
): number {
  const part = (count: number, chance: number) =>
    count === 0 ? 0 : count * Math.log(chance);
  return part(hits, share) + part(total - hits, 1 - share);
}

describe('shares', () => {
  const count = fc
    .tuple(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([total, share]) => ({
      total,
      hits: Math.round(total * share * share),
    }));

  it('finds the likeliest shares at a margin', () => {
    fc.assert(
      fc.property(
        count,
        count,
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (canary, stable, margin) => {
          const at = (share: number) =>
            likelihood(canary, share) + likelihood(stable, share - margin);
          const found = likeliestShares(canary, stable, margin);
          expect(found.canary - found.stable).toBeCloseTo(margin, 10);
          for (let step = 1; step < 50; step++) {
            const other = margin + ((1 - margin) * step) / 50;
            expect(at(found.canary)).toBeGreaterThanOrEqual(
              at(other) - 1e-4 * Math.abs(at(other)) - 1e-6,
            );
          }
        },
      ),
    );
  });

  it.each([
    // canary, stable, margin -> what is certain
    [[0, 2000], [0, 2000], 0.01, 'better'],
    [[0, 100], [0, 100], 0.01, 'neither'],
    [[0, 1], [0, 1], 0.01, 'neither'],
    [[60, 2000], [0, 2000], 0.01, 'worse'],
    [[3, 50], [0, 950], 0.01, 'neither'],
    [[800, 2000], [800, 2000], 0.05, 'better'],
    [[1, 1], [0, 1000], 0.01, 'neither'],
  ])('of %j against %j by %d is %s', (canary, stable, margin, certain) => {
    const { worse, better } = testShares(
      { hits: canary[0], total: canary[1] },
      { hits: stable[0], total: stable[1] },
      margin,
    );
    expect(worse < 0.0005).toBe(certain === 'worse');
    expect(better < 0.01).toBe(certain === 'better');
  });

  it('has the intervals of the papers', () => {
    // Newcombe (1998), table II, example (a): 56/70 and 48/80.
    const { low, high } = differenceInterval(
      { hits: 56, total: 70 },
      { hits: 48, total: 80 },
    );
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.0524', '0.3339']);
    expect(wilson({ hits: 0, total: 10 }, 0.025).low).toBeCloseTo(0, 12);
    expect(wilson({ hits: 0, total: 10 }, 0.025).high).toBeCloseTo(0.2775, 4);
  });
});
