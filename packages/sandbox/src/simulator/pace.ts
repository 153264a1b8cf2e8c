import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest time that work may hold the event loop, in milliseconds. */
const SLICE_MILLISECONDS = 8;

/** Runs work in slices, letting the event loop turn in between; answers the milliseconds that the work itself took. */
export async function runPaced(work: Iterator<void>): Promise<number> {
  let spent = 0;
  for (;;) {
    const started = performance.now();
    let done = false;
    while (!done && performance.now() - started < SLICE_MILLISECONDS) {
      done = work.next().done === true;
    }
    spent += performance.now() - started;
    if (done) return spent;
    await nextTurn();
  }
}

/** Runs work to its end at once. */
export function runAtOnce(work: Iterator<void>): void {
  while (!work.next().done);
}
