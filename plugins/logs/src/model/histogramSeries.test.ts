import { fine } from '../__testUtils__/samples';
import { countLevels, histogramSeries } from './histogramSeries';

const histogram = {
  intervalMilliseconds: 10,
  fromMilliseconds: 100,
  toMilliseconds: 120,
  buckets: [
    { atMilliseconds: 100, total: 3, levels: { error: 1, info: 2 } },
    { atMilliseconds: 110, total: 1, levels: { info: 1 } },
  ],
  provenance: fine,
};

describe('histogramSeries', () => {
  it('has a series for each level with lines', () => {
    expect(histogramSeries(histogram)).toEqual({
      timeMilliseconds: [100, 110],
      series: [
        { level: 'info', values: [2, 1] },
        { level: 'error', values: [1, 0] },
      ],
    });
    expect(countLevels(histogram)).toEqual({ error: 1, info: 3 });
  });

  it('moves the period before to the same times', () => {
    const { series } = histogramSeries({
      ...histogram,
      previous: [{ atMilliseconds: 90, total: 4, levels: { warn: 4 } }],
    });
    expect(series.find(({ level }) => level === 'warn')).toEqual({
      level: 'warn',
      values: [0, 0],
      previous: [0, 4],
    });
  });
});
