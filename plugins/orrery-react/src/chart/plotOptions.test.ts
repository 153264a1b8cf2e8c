import { createFormat } from '../format';
import { plotOptions } from './plotOptions';
import type { TimeChartProps } from './types';

const CHART: TimeChartProps = {
  title: 'Rate',
  timeMilliseconds: [0, 1000],
  series: [
    {
      id: 'v1',
      title: 'v1',
      values: [1, 2],
      previous: [3, 4],
      colour: '#123456',
    },
  ],
  write: value => `${value}/s`,
};

function options(part: Partial<TimeChartProps> = {}) {
  const host = document.createElement('div');
  const bars = jest.fn();
  return {
    bars,
    ...plotOptions({
      host,
      format: createFormat('en'),
      current: () => ({ ...CHART, ...part }),
      onPoint: jest.fn(),
      bars,
    }),
  };
}

describe('plotOptions', () => {
  it('dashes the period before and spans no gap', () => {
    const [, before, now] = options().series;
    expect(before.dash).toEqual([5, 4]);
    expect(now.dash).toBeUndefined();
    expect([before.spanGaps, now.spanGaps]).toEqual([false, false]);
  });

  it('makes bars of counts, but a line of those before', () => {
    const [first] = CHART.series;
    const { series, bars } = options({
      series: [{ ...first, shape: 'bars' }],
    });
    expect(series[1].paths).toBeUndefined();
    expect(series[2].paths).toBe(bars);
    expect(series[2].fill).toBeDefined();
  });

  it('drags only where someone listens', () => {
    expect(options().cursor?.drag?.x).toBe(false);
    expect(options({ onSelectRange: jest.fn() }).cursor?.drag?.x).toBe(true);
  });

  it('shares the crosshair with the page, but no selection', () => {
    const { sync } = options().cursor ?? {};
    expect(sync?.key).toBe('orrery-time');
    expect(options({ crosshairKey: 'mine' }).cursor?.sync?.key).toBe('mine');
    const publish = sync?.filters?.pub as unknown as (type: string) => boolean;
    expect(publish('mousemove')).toBe(true);
    expect(publish('mousedown')).toBe(false);
    expect(publish('mouseup')).toBe(false);
  });

  it('is low when reduced', () => {
    expect(options().height).toBe(150);
    expect(options({ size: 'reduced' }).height).toBe(96);
  });
});

describe('selecting', () => {
  /** A plot as far as selecting needs one: ten pixels are a second. */
  function select(width: number) {
    const onSelectRange = jest.fn();
    const { hooks } = options({ onSelectRange });
    const plot = {
      select: { left: 20, width, top: 0, height: 0 },
      posToVal: (left: number) => left / 10,
      setSelect: jest.fn(),
    };
    for (const hook of hooks?.setSelect ?? []) {
      if (hook) {
        Reflect.apply(hook, undefined, [plot]);
      }
    }
    return { onSelectRange, setSelect: plot.setSelect };
  }

  it('tells the range and takes the selection away', () => {
    const { onSelectRange, setSelect } = select(50);
    expect(onSelectRange).toHaveBeenCalledWith({
      fromMilliseconds: 2000,
      toMilliseconds: 7000,
    });
    expect(setSelect).toHaveBeenCalledWith(
      expect.objectContaining({ width: 0 }),
      false,
    );
  });

  it('takes a click for a click', () => {
    expect(select(2).onSelectRange).not.toHaveBeenCalled();
  });
});
