import type { LogLine } from '@orrery/backstage-plugin-logs-common';

const CHUNK = 1000;

/**
 * Lines outside of React's state, in chunks, so that adding thousands costs
 * no more than the thousands. Readers are told that something changed and ask
 * for the lines in sight.
 */
export class LineStore {
  readonly #listeners = new Set<() => void>();
  readonly #most: number;
  #chunks: LogLine[][] = [];
  #first = 0;
  #count = 0;
  #dropped = 0;
  #revision = 0;

  /** @param most - lines that are kept; the first go when more come */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** How many lines are kept. */
  get count(): number {
    return this.#count;
  }

  /** How many lines went to make room. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  /** The line at a place; undefined where there is none. */
  at(index: number): LogLine | undefined {
    if (index < 0 || index >= this.#count) {
      return undefined;
    }
    const place = this.#first + index;
    return this.#chunks[Math.floor(place / CHUNK)][place % CHUNK];
  }

  /** Adds lines at the end. */
  append(lines: readonly LogLine[]): void {
    if (lines.length === 0) {
      return;
    }
    for (const line of lines) {
      let last = this.#chunks.at(-1);
      if (!last || last.length === CHUNK) {
        last = [];
        this.#chunks.push(last);
      }
      last.push(line);
    }
    this.#count += lines.length;
    const over = this.#count - this.#most;
    if (over > 0) {
      this.#first += over;
      this.#count -= over;
      this.#dropped += over;
      // Chunks are let go of whole; half a one is only stepped over.
      const whole = Math.floor(this.#first / CHUNK);
      if (whole > 0) {
        this.#chunks = this.#chunks.slice(whole);
        this.#first -= whole * CHUNK;
      }
    }
    this.#changed();
  }

  clear(): void {
    this.#chunks = [];
    this.#first = 0;
    this.#count = 0;
    this.#dropped = 0;
    this.#changed();
  }

  /** Calls back after changes; returns the way to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** For `useSyncExternalStore`. */
  readonly snapshot = (): number => this.#revision;

  #changed(): void {
    this.#revision += 1;
    this.#listeners.forEach(listener => listener());
  }
}
