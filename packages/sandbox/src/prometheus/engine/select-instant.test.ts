import { load } from '../testing/load';

const values = Array.from({ length: 41 }, (_, index) => index);
const { ask, prometheus } = load({
  'm{a="1"}': values,
  'm{a="2"}': [...values.slice(0, 20), undefined],
  'n{a="1"}': values,
});

describe('instant selectors', () => {
  it.each<[string, number, Record<string, number>]>([
    ['m', 0, { '{__name__="m",a="1"}': 0, '{__name__="m",a="2"}': 0 }],
    ['m{a="1"}', 14.999, { '{__name__="m",a="1"}': 0 }],
    ['m{a="1"}', 15, { '{__name__="m",a="1"}': 1 }],
    ['m{a="1"} offset 30s', 60, { '{__name__="m",a="1"}': 2 }],
    ['m{a="1"} offset -30s', 60, { '{__name__="m",a="1"}': 6 }],
    ['m{a="1"} @ 1700002830', 600, { '{__name__="m",a="1"}': 2 }],
    ['m{a="1"} @ end() offset 15s', 60, { '{__name__="m",a="1"}': 3 }],
    ['m{a!="1"}', 0, { '{__name__="m",a="2"}': 0 }],
    ['m{a=~"1|3"}', 0, { '{__name__="m",a="1"}': 0 }],
    ['m{a!~"2|3"}', 0, { '{__name__="m",a="1"}': 0 }],
    ['m{b=""}', 0, { '{__name__="m",a="1"}': 0, '{__name__="m",a="2"}': 0 }],
    ['m{b!=""}', 0, {}],
    [
      '{__name__=~"m|n",a="1"}',
      0,
      { '{__name__="m",a="1"}': 0, '{__name__="n",a="1"}': 0 },
    ],
    ['{a="9"}', 0, {}],
  ])('%s at %d', async (query, seconds, expected) => {
    expect(await ask(query, seconds)).toEqual(expected);
  });

  it('loses an ended series at once, by its staleness marker', async () => {
    expect(await ask('m{a="2"}', 299)).toEqual({
      '{__name__="m",a="2"}': 19,
    });
    expect(await ask('m{a="2"}', 300)).toEqual({});
  });

  it('loses a series that is only no longer scraped after the lookback', async () => {
    expect(await ask('m{a="1"}', 600 + 299.999)).toEqual({
      '{__name__="m",a="1"}': 40,
    });
    expect(await ask('m{a="1"}', 600 + 300)).toEqual({});
  });

  it('heeds a lookback of the query', async () => {
    const { value } = await prometheus.engine.instant(
      'm{a="1"}',
      1_700_002_800_000 + 630_000,
      { lookbackMs: 20_000 },
    );
    expect(value).toMatchObject({ type: 'vector', vector: { rows: 0 } });
  });
});
