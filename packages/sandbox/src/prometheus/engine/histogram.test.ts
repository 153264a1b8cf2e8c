import fc from 'fast-check';
import { bucketQuantile } from './histogram';

const buckets = (counts: Record<string, number>) =>
  Object.entries(counts).map(([bound, count]) => ({
    upperBound: bound === '+Inf' ? Infinity : Number(bound),
    count,
  }));

describe('bucketQuantile', () => {
  it.each([
    ['interpolates', 0.5, { '1': 10, '2': 30, '+Inf': 30 }, 1.25],
    ['begins at zero', 0.1, { '1': 10, '2': 30, '+Inf': 30 }, 0.3],
    [
      'never exceeds the last finite bound',
      0.99,
      { '1': 1, '2': 2, '+Inf': 100 },
      2,
    ],
    [
      'mends counts that fall',
      0.5,
      { '1': 10, '2': 8, '4': 20, '+Inf': 20 },
      1,
    ],
    ['answers below 0', -0.1, { '1': 1, '+Inf': 1 }, -Infinity],
    ['answers above 1', 1.1, { '1': 1, '+Inf': 1 }, Infinity],
    [
      'takes a negative first bound as it is',
      0.1,
      { '-1': 10, '+Inf': 20 },
      -1,
    ],
  ])('%s', (_, q, counts, expected) => {
    expect(bucketQuantile(q, buckets(counts))).toBeCloseTo(expected, 12);
  });

  it.each([
    ['without +Inf', 0.5, { '1': 10, '2': 30 }],
    ['of one bucket', 0.5, { '+Inf': 30 }],
    ['without observations', 0.5, { '1': 0, '+Inf': 0 }],
    ['for NaN', NaN, { '1': 1, '+Inf': 1 }],
  ])('has no answer %s', (_, q, counts) => {
    expect(bucketQuantile(q, buckets(counts))).toBeNaN();
  });

  it('adds up buckets of equal bounds', () => {
    const twice = [
      ...buckets({ '1': 5, '2': 15, '+Inf': 15 }),
      ...buckets({ '1': 5, '2': 15, '+Inf': 15 }),
    ];
    expect(bucketQuantile(0.5, twice)).toBe(1.25);
  });

  it('grows with the quantile and stays within the bounds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(100), { minLength: 3, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (increments, a, b) => {
          fc.pre(increments.some(one => one > 0));
          let total = 0;
          const list = increments.map((increment, index) => {
            total += increment;
            const last = index === increments.length - 1;
            return { upperBound: last ? Infinity : index + 1, count: total };
          });
          const low = bucketQuantile(Math.min(a, b), list);
          const high = bucketQuantile(Math.max(a, b), list);
          // A rank of zero in an empty first bucket has no place to stand.
          fc.pre(!Number.isNaN(low) && !Number.isNaN(high));
          expect(low).toBeLessThanOrEqual(high + 1e-9);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(increments.length - 1);
        },
      ),
    );
  });
});
