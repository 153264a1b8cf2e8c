import fc from 'fast-check';
import { type PastNeed, planPast } from './past-plan';

const plan = (
  ends: number[],
  rangeMs: number,
  need: PastNeed,
  startIncluded = false,
) => [...planPast({ ends, rangeMs, startIncluded }, need, 10)];

describe('planPast', () => {
  it.each<[string, number[], number[]]>([
    ['one window', plan([100], 30, 'all'), [80, 90, 100]],
    ['its start included', plan([100], 30, 'all', true), [70, 80, 90, 100]],
    ['its edges', plan([100], 30, 'edges'), [80, 100]],
    ['its last sample', plan([105], 30, 'latest'), [100]],
    ['windows apart', plan([100, 200], 20, 'all'), [90, 100, 190, 200]],
    ['windows that overlap', plan([100, 110], 30, 'all'), [80, 90, 100, 110]],
    [
      'edges that interleave',
      plan([100, 120], 50, 'edges'),
      [60, 80, 100, 120],
    ],
    ['a window between two instants', plan([109], 5, 'all'), []],
    ['one window many times', plan([100, 100], 20, 'all'), [90, 100]],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('wants all of the grid that lies in a window, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 200, max: 600 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 90 }),
        fc.boolean(),
        (unsorted, rangeMs, startIncluded) => {
          const ends = unsorted.sort((a, b) => a - b);
          const expected: number[] = [];
          for (let time = 0; time <= 600; time += 10) {
            const inside = ends.some(
              end =>
                time <= end &&
                (startIncluded ? time >= end - rangeMs : time > end - rangeMs),
            );
            if (inside) expected.push(time);
          }
          expect(plan(ends, rangeMs, 'all', startIncluded)).toEqual(expected);
        },
      ),
    );
  });
});
