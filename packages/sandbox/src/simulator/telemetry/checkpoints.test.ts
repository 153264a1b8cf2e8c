import { CheckpointClock, Checkpoints } from './checkpoints';

function take(
  clock: CheckpointClock,
  now: number,
  ...all: [Checkpoints, number[]][]
) {
  clock.note(now);
  for (const [checkpoints, values] of all) checkpoints.push(values);
}

describe('Checkpoints', () => {
  it('remembers values on straight lines between checkpoints', () => {
    const clock = new CheckpointClock(100, 10);
    const counter = new Checkpoints(clock, 2);
    take(clock, 1000, [counter, [10, 100]]);
    take(clock, 1100, [counter, [20, 200]]);
    expect(Array.from(counter.at(1025) ?? [])).toEqual([12.5, 125]);
    expect(Array.from(counter.at(1100) ?? [])).toEqual([20, 200]);
    expect(counter.at(999)).toBeUndefined();
    expect(clock.isDue(1150)).toBe(false);
    expect(clock.isDue(1200)).toBe(true);
  });

  it('forgets the oldest when full', () => {
    const clock = new CheckpointClock(1, 3);
    const counter = new Checkpoints(clock, 1);
    for (let now = 0; now < 20; now++) take(clock, now, [counter, [now * 10]]);
    expect(counter.at(16)).toBeUndefined();
    expect(counter.at(17.5)?.[0]).toBe(175);
    expect(counter.at(19)?.[0]).toBe(190);
  });

  it('starts later than the clock and starts again after a pause', () => {
    const clock = new CheckpointClock(1, 10);
    const counter = new Checkpoints(clock, 1);
    take(clock, 1);
    take(clock, 2, [counter, [5]]);
    take(clock, 3);
    take(clock, 4, [counter, [7]]);
    expect(counter.at(1)).toBeUndefined();
    expect(counter.at(2)).toBeUndefined();
    expect(counter.at(4)?.[0]).toBe(7);
  });
});
