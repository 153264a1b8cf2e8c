import { readDuration } from '../duration';
import { ConsulError } from '../errors';
import type { ConsulRequest } from '../request';
import type { KeyValueStore } from './KeyValueStore';

const DEFAULT_WAIT = 5 * 60_000;
const LONGEST_WAIT = 10 * 60_000;
/** A sixteenth of the wait is added at random, so that clients do not come back all at once. */
const JITTER = 16;

function unsigned(text: string, refusal: string): number {
  if (!/^\d+$/.test(text)) throw new ConsulError(400, refusal);
  return Number(text);
}

/** What a blocking query waits for. */
export interface Waiting {
  /** Index that the caller has seen; 0 does not wait. */
  index: number;
  milliseconds: number;
}

/**
 * Reads `index` and `wait`.
 * @throws ConsulError 400 when one of them is none
 */
export function readWaiting(query: URLSearchParams): Waiting {
  const index = query.get('index');
  const wait = query.get('wait');
  const asked =
    wait === null || wait === ''
      ? DEFAULT_WAIT
      : readDuration(wait, 'Invalid wait time');
  const milliseconds = Math.min(
    asked === 0 ? DEFAULT_WAIT : asked,
    LONGEST_WAIT,
  );
  return {
    index:
      index === null || index === '' ? 0 : unsigned(index, 'Invalid index'),
    milliseconds,
  };
}

/** Blocking queries that are open, to be ended with the facade. */
export class Waiters {
  readonly #open = new Set<() => void>();

  constructor(
    private readonly store: KeyValueStore,
    private readonly random: () => number,
  ) {}

  get count(): number {
    return this.#open.size;
  }

  /**
   * Waits until the index is beyond the one that the caller has seen, time is
   * up, or nobody waits any longer.
   */
  async wait(request: ConsulRequest, current: () => number): Promise<void> {
    const { index, milliseconds } = readWaiting(request.query);
    if (index === 0 || current() > index) return;
    const gone = new AbortController();
    const end = () => gone.abort();
    const stop = this.store.onChange(() => {
      if (current() > index) end();
    });
    const timer = setTimeout(
      end,
      milliseconds + (milliseconds / JITTER) * this.random(),
    );
    timer.unref();
    this.#open.add(end);
    request.onClose(end);
    await new Promise<void>(resolve => {
      gone.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    clearTimeout(timer);
    stop();
    this.#open.delete(end);
  }

  /** Has every open query answer now. */
  release(): void {
    for (const end of [...this.#open]) end();
  }
}
