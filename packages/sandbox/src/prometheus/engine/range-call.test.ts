import fc from 'fast-check';
import { load } from '../testing/load';

const RAMP = [0, 30, 60, 90, 120, 150, 180, 210, 240];

describe('functions of range vectors', () => {
  const { ask } = load({
    'ramp{a="1"}': RAMP,
    'reset{a="1"}': [100, 130, 160, 10, 40, 70, 100, 130, 160],
    'late{a="1"}': [...new Array(6).fill(undefined), 5, 6, 7],
    'wave{a="1"}': [3, 1, 4, 1, 5, 9, 2, 6, 5],
  });

  it.each([
    // 15 s apart, 2 per second; windows of (t-60s, t] hold four samples.
    ['rate(ramp[60s])', 2],
    ['increase(ramp[60s])', 120],
    ['delta(wave[60s])', -8 + 8 - ((9 - 5) * 60) / 45],
    ['irate(ramp[60s])', 2],
    ['idelta(wave[60s])', -1],
    // 160 - 130 before the reset, 160 after it, over the 105 s between samples.
    ['rate(reset[2m])', 190 / 105],
    ['resets(reset[2m])', 1],
    ['changes(wave[2m])', 7],
    ['deriv(ramp[60s])', 2],
    ['predict_linear(ramp[60s], 30)', 300],
    ['avg_over_time(wave[60s])', 5.5],
    ['sum_over_time(wave[60s])', 22],
    ['min_over_time(wave[60s])', 2],
    ['max_over_time(wave[60s])', 9],
    ['count_over_time(wave[60s])', 4],
    ['stdvar_over_time(wave[60s])', 6.25],
    ['stddev_over_time(wave[60s])', 2.5],
    ['quantile_over_time(0.5, wave[60s])', 5.5],
    ['mad_over_time(wave[60s])', 2],
    ['present_over_time(wave[60s])', 1],
    ['ts_of_min_over_time(wave[60s])', 1_700_002_890],
    ['ts_of_max_over_time(wave[60s])', 1_700_002_875],
    ['ts_of_first_over_time(wave[60s])', 1_700_002_875],
    ['ts_of_last_over_time(wave[60s])', 1_700_002_920],
    ['double_exponential_smoothing(ramp[2m], 0.5, 0.5)', 240],
  ])('%s', async (query, expected) => {
    const answer = await ask(query);
    expect(Object.keys(answer)).toEqual(['{a="1"}']);
    expect(answer['{a="1"}']).toBeCloseTo(expected, 9);
  });

  it.each([
    ['last_over_time(wave[60s])', 5],
    ['first_over_time(wave[60s])', 9],
  ])('%s keeps the name', async (query, expected) => {
    expect(await ask(query)).toEqual({ '{__name__="wave",a="1"}': expected });
  });

  it('gives no rate to a single sample', async () => {
    expect(await ask('rate(late[15s])')).toEqual({});
  });

  it('extrapolates a counter that just began, but not below zero', async () => {
    // Three samples 5, 6, 7 in 30 s: half an interval would be added before
    // the first one, and 5 / (2 / 30 s) = 75 s would be needed to reach zero.
    const answer = await ask('increase(late[2m])');
    expect(answer['{a="1"}']).toBeCloseTo((2 * (30 + 7.5)) / 30, 9);
  });

  it('leaves the sample at the start of a window out', async () => {
    expect(await ask('count_over_time(ramp[30s])', 120)).toEqual({
      '{a="1"}': 2,
    });
  });

  it('takes it in where Prometheus 2.x is asked for', async () => {
    const old = load({ 'ramp{a="1"}': RAMP }, 15_000, { dialect: 2 });
    expect(await old.ask('count_over_time(ramp[30s])', 120)).toEqual({
      '{a="1"}': 3,
    });
    expect(await old.ask('holt_winters(ramp[2m], 0.5, 0.5)', 120)).toEqual({
      '{a="1"}': 240,
    });
  });

  it.each([
    ['double_exponential_smoothing(ramp[2m], 0, 0.5)', /smoothing factor/],
    ['double_exponential_smoothing(ramp[2m], 0.5, 1)', /trend factor/],
  ])('refuses %s', async (query, message) => {
    await expect(ask(query)).rejects.toThrow(message);
  });

  it('absent_over_time tells of a window without samples', async () => {
    expect(await ask('absent_over_time(late{b="2"}[30s])')).toEqual({
      '{b="2"}': 1,
    });
    expect(await ask('absent_over_time(ramp[30s])')).toEqual({});
  });

  it('rate of a steady counter is its slope, wherever it is looked at', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        fc.integer({ min: 70, max: 150 }),
        async (slope, at) => {
          const values = Array.from(
            { length: 11 },
            (_, i) => 1e9 + slope * 15 * i,
          );
          const { ask: askSteady } = load({ 'c{a="1"}': values });
          const answer = await askSteady('rate(c[60s])', at);
          expect(answer['{a="1"}'] / slope).toBeCloseTo(1, 5);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('increase never falls short of what the samples show', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(1000), { minLength: 4, maxLength: 20 }),
        async steps => {
          let total = 0;
          const values = steps.map(step => {
            total += step;
            return total;
          });
          const { ask: askSteps } = load({ 'c{a="1"}': values });
          const answer = await askSteps(`increase(c[${15 * values.length}s])`);
          const seen = values[values.length - 1] - values[0];
          expect(answer['{a="1"}']).toBeGreaterThanOrEqual(seen - 1e-9);
        },
      ),
      { numRuns: 50 },
    );
  });
});
