import { hasValues, lastKnownIndex, plotData, stack } from './plotData';
import type { TimeSeries } from './types';

function series(id: string, part: Partial<TimeSeries>): TimeSeries {
  return { id, title: id, colour: 'red', values: [], ...part };
}

const one = series('one', { values: [1, null, 3] });
const two = series('two', { values: [10, 20, null] });

describe('plotData', () => {
  it('writes times in seconds and keeps gaps', () => {
    const timeMilliseconds = [1000, 2000, 3000];
    expect(plotData({ timeMilliseconds, series: [one, two] })).toEqual([
      [1, 2, 3],
      [1, null, 3],
      [10, 20, null],
    ]);
  });

  it('draws the period before below everything', () => {
    const before = series('one', { values: [5], previous: [4] });
    expect(
      plotData({ timeMilliseconds: [1000], series: [before, two] }),
    ).toEqual([[1], [4], [5], [10, 20, null]]);
  });

  it('draws the whole of a stack before its parts', () => {
    expect(
      plotData({
        timeMilliseconds: [1000, 2000, 3000],
        series: [one, two],
        isStacked: true,
      }),
    ).toEqual([
      [1, 2, 3],
      [11, 20, null],
      [1, null, 3],
    ]);
  });
});

describe('stack', () => {
  it('takes nothing unknown for zero', () => {
    expect(stack([one, two])).toEqual([
      [1, null, 3],
      [11, 20, null],
    ]);
  });
});

describe('what was measured', () => {
  it('is nothing where all is gaps', () => {
    expect(hasValues([])).toBe(false);
    expect(hasValues([series('gap', { values: [null, null] })])).toBe(false);
    expect(hasValues([series('zero', { values: [0] })])).toBe(true);
    expect(hasValues([series('old', { values: [null], previous: [1] })])).toBe(
      true,
    );
  });

  it('ends at the last time at which any is known', () => {
    expect(lastKnownIndex([one, two])).toBe(2);
    expect(lastKnownIndex([two])).toBe(1);
    expect(lastKnownIndex([series('gap', { values: [null] })])).toBe(-1);
    expect(lastKnownIndex([])).toBe(-1);
  });
});
