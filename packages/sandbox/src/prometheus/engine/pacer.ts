import { QueryCanceledError, QueryTimeoutError } from '../promql/errors';

/** Longest stretch of work between two returns to the event loop. */
const SLICE_MS = 8;
/** Units of work between two looks at the clock. */
const UNITS_PER_CHECK = 4096;

/**
 * Keeps a long calculation from blocking the event loop, and stops it when
 * its time is over or its asker has gone. Call `spend` with a rough count of
 * the work done, and `await pause()` where it answers true.
 */
export class Pacer {
  readonly #deadline: number;
  readonly #signal: AbortSignal | undefined;
  #units = 0;
  #sliceEnd: number;

  /** @param timeoutMs - real time the whole calculation may take */
  constructor(timeoutMs: number, signal?: AbortSignal) {
    const now = performance.now();
    this.#deadline = now + timeoutMs;
    this.#sliceEnd = now + SLICE_MS;
    this.#signal = signal;
  }

  /** Whether enough work was done since the last pause to take another. */
  spend(units: number): boolean {
    this.#units += units;
    if (this.#units < UNITS_PER_CHECK) return false;
    this.#units = 0;
    return performance.now() >= this.#sliceEnd;
  }

  /**
   * Lets other work run.
   *
   * @throws QueryTimeoutError, QueryCanceledError
   */
  async pause(): Promise<void> {
    await new Promise<void>(resolve => {
      setImmediate(resolve);
    });
    if (this.#signal?.aborted) throw new QueryCanceledError();
    const now = performance.now();
    if (now > this.#deadline) throw new QueryTimeoutError();
    this.#sliceEnd = now + SLICE_MS;
  }
}
