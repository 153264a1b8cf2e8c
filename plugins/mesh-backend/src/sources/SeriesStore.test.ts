import type { PrometheusClient } from '@orrery/backstage-plugin-orrery-node';
import { refreshSeconds, SeriesStore } from './SeriesStore';

const START = Date.UTC(2026, 0, 1);

function store() {
  const asked: number[] = [];
  const clock = { now: START };
  let failure: Error | undefined;
  const client: Pick<PrometheusClient, 'queryAll'> = {
    queryAll: async (expressions, { timeMilliseconds }) => {
      asked.push((timeMilliseconds - START) / 1000);
      const names = Object.keys(expressions) as (keyof typeof expressions)[];
      return failure
        ? {
            answers: {},
            failures: Object.fromEntries(
              names.map(name => [name, failure]),
            ) as Record<(typeof names)[number], Error>,
          }
        : { answers: {}, failures: {} };
    },
  };
  return {
    asked,
    clock,
    fail: (error: Error | undefined) => {
      failure = error;
    },
    series: new SeriesStore({
      clients: new Map([['kepler', client as PrometheusClient]]),
      now: () => clock.now,
    }),
  };
}

describe('refreshSeconds', () => {
  it.each([
    [1, 5],
    [60, 5],
    [120, 10],
    [300, 25],
    [900, 30],
    [86_400, 30],
  ])('looks at a window of %s s every %s s', (window, seconds) => {
    expect(refreshSeconds(window)).toBe(seconds);
  });
});

describe('SeriesStore', () => {
  it('asks once per window and step, for all who ask meanwhile', async () => {
    const { series, asked, clock } = store();
    const read = () => series.read('kepler', 300);
    const [first, second] = await Promise.all([read(), read()]);
    expect(second).toBe(first);
    clock.now = START + 24_999;
    expect(await read()).toBe(first);
    await series.read('kepler', 60);
    clock.now = START + 25_000;
    expect((await read()).revision).not.toBe(first.revision);
    expect(asked).toEqual([0, 20, 25]);
    // A past moment is taken as it is.
    await series.read('kepler', 300, { atMilliseconds: START + 7_000 });
    expect(asked.at(-1)).toBe(7);
  });

  it('forgets the oldest moments', async () => {
    const { series, asked } = store();
    const at = (minute: number) =>
      series.read('kepler', 60, { atMilliseconds: START - minute * 60_000 });
    for (let minute = 1; minute <= 13; minute += 1) {
      await at(minute);
    }
    await at(13);
    await at(2);
    expect(asked).toHaveLength(13);
    await at(1);
    expect(asked).toHaveLength(14);
  });

  it('never mistakes an old picture for what is true at a moment', async () => {
    const { series, clock, fail } = store();
    const good = await series.read('kepler', 60);
    fail(new Error('away'));
    clock.now = START + 60_000;
    const stale = await series.read('kepler', 60);
    expect(stale.source).toEqual({
      name: 'prometheus',
      state: 'stale',
      asOf: good.source.asOf,
      reason: 'away',
    });
    expect(stale.atMilliseconds).toBe(START);
    const past = await series.read('kepler', 60, {
      atMilliseconds: START + 30_000,
    });
    expect(past.source).toEqual({
      name: 'prometheus',
      state: 'failed',
      reason: 'away',
    });
    // Another window has never been read: there is nothing to show instead.
    expect((await series.read('kepler', 300)).source.state).toBe('failed');
    clock.now = START + 10 * 60_000 + 5_000;
    expect((await series.read('kepler', 60)).source.state).toBe('failed');
  });
});
