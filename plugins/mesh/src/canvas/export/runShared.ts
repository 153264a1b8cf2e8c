import { nextTask } from '../slices/slices';
import type { SharedSteps } from './types';

const SLICE_MILLISECONDS = 12;

/**
 * Runs steps in tasks of a few milliseconds, and tells after each how much is
 * done.
 *
 * @param onShare - 0..1
 * @returns undefined when it was aborted
 */
export async function runShared<T>(
  steps: SharedSteps<T>,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<T | undefined> {
  let until = performance.now() + SLICE_MILLISECONDS;
  while (!signal.aborted) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
    if (performance.now() >= until) {
      onShare(step.value);
      await nextTask();
      until = performance.now() + SLICE_MILLISECONDS;
    }
  }
  return undefined;
}
