import { chartLines } from './chartLines';

const GRID = { fromMilliseconds: 0, toMilliseconds: 30_000, stepSeconds: 15 };
const WORDS = { limit: 'limit', request: 'request' };

describe('chartLines', () => {
  it('leaves gaps where nothing is known, and makes levels of limits', () => {
    const { timeMilliseconds, series, thresholds } = chartLines(
      {
        id: 'saturation.cpu',
        group: 'saturation',
        unit: 'cores',
        promql: '',
        series: [
          {
            name: 'order-1',
            role: 'pod',
            points: [
              [0, 1],
              [30_000, 2],
            ],
            previous: [[15_000, 3]],
          },
          { name: 'limit', role: 'limit', points: [[0, 4]] },
          { name: 'request', role: 'request', points: [] },
        ],
      },
      GRID,
      WORDS,
    );
    expect(timeMilliseconds).toEqual([0, 15_000, 30_000]);
    expect(series).toMatchObject([
      { id: 'order-1', values: [1, null, 2], previous: [null, 3, null] },
    ]);
    expect(thresholds).toMatchObject([{ value: 4, title: 'limit' }]);
  });
});
