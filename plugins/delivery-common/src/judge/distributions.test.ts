import fc from 'fast-check';
import {
  binomialTail,
  incompleteBeta,
  normalQuantile,
  normalTail,
  studentTail,
} from './distributions';

describe('distributions', () => {
  it.each([
    [0, 0.5],
    [1.959963985, 0.025],
    [-1.644853627, 0.95],
    [2.326347874, 0.01],
    [4.753424309, 1e-6],
  ])('has the normal tail of %d', (z, tail) => {
    expect(normalTail(z) / tail).toBeCloseTo(1, 6);
    expect(normalQuantile(tail)).toBeCloseTo(z, 6);
  });

  it('has binomial tails equal to the sum of their terms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat({ max: 60 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (total, hits, share) => {
          let term = (1 - share) ** total;
          let sum = hits === 0 ? term : 0;
          for (let k = 1; k <= total; k++) {
            term *= ((total - k + 1) / k) * (share / (1 - share));
            sum += k >= hits ? term : 0;
          }
          expect(
            hits > total ? 0 : binomialTail(hits, total, share),
          ).toBeCloseTo(hits > total ? 0 : sum, 8);
        },
      ),
    );
  });

  it.each([
    [2.015048373, 5, 0.05],
    [-2.015048373, 5, 0.95],
    [3.746947388, 4, 0.01],
    [63.65674116, 1, 0.005],
  ])('has Student’s tail of %d with %d degrees', (t, degrees, tail) => {
    expect(studentTail(t, degrees)).toBeCloseTo(tail, 7);
  });

  it('ends where it must', () => {
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
    expect(binomialTail(0, 10, 0.1)).toBe(1);
  });
});
