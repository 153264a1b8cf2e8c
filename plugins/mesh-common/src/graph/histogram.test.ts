import fc from 'fast-check';
import { addHistogram, histogramQuantile, type Histogram } from './histogram';

const BOUNDS = [1, 5, 10, 25, Infinity];

describe('histogramQuantile', () => {
  const histogram: Histogram = new Map([
    [5, 2],
    [10, 8],
    [25, 10],
    [Infinity, 10],
  ]);

  it.each([
    [0.1, 1 + 4 * 0.5],
    [0.5, 5 + 5 * 0.5],
    [0.8, 10],
    [0.9, 17.5],
  ])('%d is %d', (quantile, expected) => {
    expect(histogramQuantile(quantile, histogram, BOUNDS)).toBeCloseTo(
      expected,
      9,
    );
  });

  it('answers the highest finite bound for what lies beyond it', () => {
    const beyond: Histogram = new Map([[Infinity, 4]]);
    expect(histogramQuantile(0.5, beyond, BOUNDS)).toBe(25);
  });

  it('knows nothing without observations', () => {
    expect(histogramQuantile(0.5, new Map(), BOUNDS)).toBeUndefined();
    expect(
      histogramQuantile(0.5, new Map([[Infinity, 0]]), BOUNDS),
    ).toBeUndefined();
    expect(
      histogramQuantile(0.5, new Map([[Infinity, Number.NaN]]), BOUNDS),
    ).toBeUndefined();
  });

  it('grows with the quantile and stays between the quantiles of its parts', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 50 }), {
      minLength: 5,
      maxLength: 5,
    });
    const cumulate = (values: number[]): Histogram => {
      let sum = 0;
      return new Map(
        values.map((value, index) => {
          sum += value;
          return [BOUNDS[index], sum];
        }),
      );
    };
    fc.assert(
      fc.property(counts, counts, (left, right) => {
        const merged = cumulate(left);
        addHistogram(merged, cumulate(right));
        const median = histogramQuantile(0.5, merged, BOUNDS) ?? 0;
        const high = histogramQuantile(0.95, merged, BOUNDS) ?? 0;
        expect(high).toBeGreaterThanOrEqual(median);
        const parts = [left, right]
          .map(values => histogramQuantile(0.5, cumulate(values), BOUNDS))
          .filter(value => value !== undefined);
        fc.pre(parts.length === 2);
        expect(median).toBeGreaterThanOrEqual(Math.min(...parts) - 1e-9);
        expect(median).toBeLessThanOrEqual(Math.max(...parts) + 1e-9);
      }),
    );
  });
});
