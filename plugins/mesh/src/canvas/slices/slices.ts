/**
 * Work that can be set down: it yields wherever the page may take a turn.
 * Pure functions are written this way once, and run whole in tests and in
 * slices on a page.
 */
export type Steps<T> = Generator<void, T, void>;

/** How many items of a list are worked on before the clock is looked at. */
export const STRIDE = 256;

/** Runs all steps at once. */
export function runWhole<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;

/** A task of its own, after whatever the browser has to do first. */
export function nextTask(): Promise<void> {
  return new Promise(resolve => {
    if (typeof MessageChannel === 'undefined') {
      setTimeout(resolve, 0);
      return;
    }
    if (!channel) {
      channel = new MessageChannel();
      channel.port1.onmessage = () => waiting.shift()?.();
    }
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}

/**
 * Runs steps in tasks of a few milliseconds each, so that pointer, wheel and
 * keyboard never wait for a picture.
 *
 * @returns undefined when it was aborted
 */
export async function runSliced<T>(
  steps: Steps<T>,
  options: { signal: AbortSignal; sliceMilliseconds: number },
): Promise<T | undefined> {
  let until = performance.now() + options.sliceMilliseconds;
  while (!options.signal.aborted) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
    if (performance.now() >= until) {
      await nextTask();
      until = performance.now() + options.sliceMilliseconds;
    }
  }
  return undefined;
}
