import { load } from '../testing/load';

const { ask } = load({
  'm{a="1"}': Array.from({ length: 41 }, (_, index) => index),
});

describe('windows', () => {
  it.each<[string, number, number]>([
    ['count_over_time(m[1m])', 600, 4],
    ['count_over_time(m[1m])', 607, 4],
    ['count_over_time(m[59s])', 600, 4],
    ['count_over_time(m[1m] offset 1m)', 600, 4],
    ['max_over_time(m[1m] offset 1m)', 600, 36],
    ['max_over_time(m[1m] @ 1700002860)', 600, 4],
    // Subqueries stand on multiples of their step, the start left out.
    ['count_over_time(m[1m:20s])', 600, 3],
    ['count_over_time(m[1m:20s])', 607, 3],
    ['sum_over_time(m[1m:30s])', 600, 40 + 38],
    ['max_over_time(rate(m[1m])[2m:15s])', 600, 1 / 15],
    ['count_over_time(m[5m:])', 600, 5],
    ['max_over_time((m * 2)[1m:15s] offset 1m)', 600, 72],
  ])('%s at %d', async (query, seconds, expected) => {
    const answer = await ask(query, seconds);
    expect(answer['{a="1"}']).toBeCloseTo(expected, 12);
  });
});
