import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest time that work may hold the event loop, in milliseconds. */
const SLICE_MILLISECONDS = 8;

/** What a piece of work took, in milliseconds. */
export interface WorkTime {
  total: number;
  /** The longest time that it held the event loop. */
  longestSlice: number;
}

/** Runs work in slices, letting the event loop turn in between. */
export async function runPaced(work: Iterator<void>): Promise<WorkTime> {
  let total = 0;
  let longestSlice = 0;
  for (;;) {
    const started = performance.now();
    let done = false;
    while (!done && performance.now() - started < SLICE_MILLISECONDS) {
      done = work.next().done === true;
    }
    const slice = performance.now() - started;
    total += slice;
    longestSlice = Math.max(longestSlice, slice);
    if (done) return { total, longestSlice };
    await nextTurn();
  }
}

/** Runs work to its end at once. */
export function runAtOnce(work: Iterator<void>): void {
  while (!work.next().done);
}
