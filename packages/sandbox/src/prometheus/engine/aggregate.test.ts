import fc from 'fast-check';
import { load } from '../testing/load';

const { ask } = load({
  'm{app="a",pod="1"}': [1],
  'm{app="a",pod="2"}': [3],
  'm{app="b",pod="3"}': [10],
  'm{app="b",pod="4"}': [NaN],
});

describe('aggregations', () => {
  it.each<[string, Record<string, number>]>([
    ['sum(m{app="a"})', { '{}': 4 }],
    ['sum by (app) (m)', { '{app="a"}': 4, '{app="b"}': NaN }],
    ['sum without (pod) (m)', { '{app="a"}': 4, '{app="b"}': NaN }],
    ['sum by (nothing) (m{app="a"})', { '{}': 4 }],
    ['avg by (app) (m{app="a"})', { '{app="a"}': 2 }],
    ['min(m)', { '{}': 1 }],
    ['max(m)', { '{}': 10 }],
    ['max(m{pod="4"})', { '{}': NaN }],
    ['count by (app) (m)', { '{app="a"}': 2, '{app="b"}': 2 }],
    ['group by (app) (m)', { '{app="a"}': 1, '{app="b"}': 1 }],
    ['stddev(m{app="a"})', { '{}': 1 }],
    ['stdvar(m{app="a"})', { '{}': 1 }],
    ['quantile(0.5, m{app="a"})', { '{}': 2 }],
    ['quantile(2, m)', { '{}': Infinity }],
    ['count_values("v", m{app="a"})', { '{v="1"}': 1, '{v="3"}': 1 }],
    ['topk(1, m)', { '{__name__="m",app="b",pod="3"}': 10 }],
    [
      'bottomk by (app) (1, m)',
      {
        '{__name__="m",app="a",pod="1"}': 1,
        '{__name__="m",app="b",pod="3"}': 10,
      },
    ],
    ['topk(0, m)', {}],
    ['count(limitk(3, m))', { '{}': 3 }],
    ['sum(nothing)', {}],
  ])('%s', async (query, expected) => {
    expect(await ask(query)).toEqual(expected);
  });

  it('refuses a parameter that is not a number', async () => {
    await expect(ask('topk(NaN, m)')).rejects.toThrow('Parameter value is NaN');
  });

  it('topk of many is the beginning of all in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer(), fc.constant(NaN)), {
          minLength: 30,
          maxLength: 60,
        }),
        fc.integer({ min: 0, max: 5 }),
        async (values, count) => {
          const loaded = load(
            Object.fromEntries(
              values.map((value, index) => [`x{i="${index}"}`, [value]]),
            ),
          );
          const all = Object.values(await loaded.ask('sort_desc(x)'));
          const top = Object.values(await loaded.ask(`topk(${count}, x)`));
          expect(top).toEqual(all.slice(0, count));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('sums of parts add up to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            app: fc.constantFrom('a', 'b', 'c'),
            value: fc.integer(),
          }),
          { minLength: 1, maxLength: 30 },
        ),
        async rows => {
          const series = Object.fromEntries(
            rows.map(({ app, value }, index) => [
              `x{app="${app}",i="${index}"}`,
              [value],
            ]),
          );
          const loaded = load(series);
          const whole = await loaded.ask('sum(x)');
          const parts = await loaded.ask('sum(sum by (app) (x))');
          expect(parts).toEqual(whole);
          expect(await loaded.ask('sum(x) / count(x)')).toEqual(
            expect.objectContaining({
              '{}': expect.closeTo((await loaded.ask('avg(x)'))['{}'], 3),
            }),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
