import fc from 'fast-check';
import { CompensatedSum, meanOf, quantileOf, varianceOf } from './kahan';

describe('CompensatedSum', () => {
  it('keeps what a plain sum loses', () => {
    const sum = new CompensatedSum();
    for (const value of [1, 1e100, 1, -1e100]) sum.add(value);
    expect(sum.value).toBe(2);
  });

  it('keeps an infinity', () => {
    const sum = new CompensatedSum();
    for (const value of [1, Infinity, 2]) sum.add(value);
    expect(sum.value).toBe(Infinity);
  });
});

describe('meanOf', () => {
  it('does not overflow', () => {
    expect(meanOf([1e308, 1e308, 1e308], 0, 3)).toBeCloseTo(1e308, -295);
  });

  it.each([
    [[1, 2, 3], 2],
    [[Infinity, 1], Infinity],
    [[Infinity, -Infinity], NaN],
  ])('of %j is %d', (values, expected) => {
    expect(meanOf(values, 0, values.length)).toBe(expected);
  });
});

describe('varianceOf', () => {
  it('is not misled by a large offset', () => {
    const values = [4, 7, 13, 16].map(value => value + 1e9);
    expect(varianceOf(values, 0, 4)).toBeCloseTo(22.5, 6);
  });
});

describe('quantileOf', () => {
  it.each([
    [0.5, [4, 1, 3, 2], 2.5],
    [0, [4, 1], 1],
    [1, [4, 1], 4],
    [-1, [1], -Infinity],
    [2, [1], Infinity],
    [NaN, [1], NaN],
    [0.5, [], NaN],
    [1, [1, NaN, 3], 3],
    [0, [1, NaN, 3], NaN],
  ])('%d of %j is %d', (q, values, expected) => {
    expect(quantileOf(q, Float64Array.from(values))).toBe(expected);
  });

  it('lies between the smallest and the largest value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.integer(), { minLength: 1 }),
        (q, values) => {
          const result = quantileOf(q, Float64Array.from(values));
          expect(result).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
          expect(result).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
        },
      ),
    );
  });
});
