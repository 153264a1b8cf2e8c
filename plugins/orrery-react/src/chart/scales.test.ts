import { labelWidth, timeLabels, timeScale, valueScale } from './scales';

describe('valueScale', () => {
  it.each([
    { low: 0, high: 100, floor: 1, limits: [], is: [0, 115] },
    { low: 50, high: 100, floor: 1, limits: [], is: [0, 115] },
    { low: 0, high: 0, floor: 0.02, limits: [], is: [0, 0.023] },
    { low: null, high: null, floor: 1, limits: [], is: [0, 1.15] },
    { low: 0, high: 10, floor: 1, limits: [200], is: [0, 230] },
    { low: -4, high: 10, floor: 1, limits: [], is: [-4, 11.5] },
  ])('of $low to $high with limits $limits is $is', row => {
    const scale = valueScale(
      row.low,
      row.high,
      row.floor,
      row.limits.map(value => ({ value, title: 'limit' })),
    );
    expect(scale[0]).toBeCloseTo(row.is[0]);
    expect(scale[1]).toBeCloseTo(row.is[1]);
  });
});

describe('timeScale', () => {
  it('shows what is asked for, measured or not', () => {
    const range = { fromMilliseconds: 1000, toMilliseconds: 9000 };
    expect(timeScale(2, 3, range)).toEqual([1, 9]);
    expect(timeScale(null, null, range)).toEqual([1, 9]);
  });

  it('shows what was measured, and a minute around a lone moment', () => {
    expect(timeScale(100, 200, undefined)).toEqual([100, 200]);
    expect(timeScale(100, 100, undefined)).toEqual([70, 130]);
  });
});

describe('timeLabels', () => {
  const format = {
    day: (value: string | number | Date) => `day ${new Date(value).getDate()}`,
    time: (value: string | number | Date) =>
      `${new Date(value).getHours()}:${new Date(value).getMinutes()}`,
  };
  const at = (day: number, hour: number, minute = 0, second = 0) =>
    new Date(2026, 0, day, hour, minute, second).getTime() / 1000;

  it('names days where they begin', () => {
    expect(timeLabels([at(1, 18), at(2, 0), at(2, 6)], format)).toEqual([
      '18:0',
      'day 2',
      '6:0',
    ]);
  });

  it('names only days where ticks are days apart', () => {
    expect(timeLabels([at(1, 8), at(2, 8)], format)).toEqual([
      'day 1',
      'day 2',
    ]);
  });

  it('says the same minute once', () => {
    expect(
      timeLabels([at(1, 8, 5), at(1, 8, 5, 30), at(1, 8, 6)], format),
    ).toEqual(['8:5', '', '8:6']);
  });

  it('has nothing to say of nothing', () => {
    expect(timeLabels([], format)).toEqual([]);
  });
});

describe('labelWidth', () => {
  it('grows with the longest label', () => {
    expect(labelWidth(null)).toBe(36);
    expect(labelWidth(['0', '1.25 MB/s'])).toBeGreaterThan(
      labelWidth(['0', '200 ms']),
    );
  });
});
