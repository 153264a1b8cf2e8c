import type { Clock } from './clock';
import type { WorkTime } from './simulator';

/** How long the work of a ticker takes, in milliseconds. */
export interface TickerStatistics {
  runs: number;
  meanMilliseconds: number;
  maxMilliseconds: number;
  /** The longest time that it held the event loop. */
  longestSliceMilliseconds: number;
}

/**
 * Runs work at a fixed distance, never two at a time: a run that takes longer
 * than the distance delays the next one.
 */
export class Ticker {
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #runs = 0;
  #total = 0;
  #max = 0;
  #longestSlice = 0;

  /**
   * @param work answers how long it worked, or nothing to have its whole run
   *   measured as one slice
   * @param options.alignTo runs at multiples of the interval on this clock
   */
  constructor(
    private readonly intervalMilliseconds: number,
    private readonly work: () => Promise<WorkTime> | void,
    private readonly options: { alignTo?: Clock } = {},
  ) {}

  start(): void {
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async runNow(): Promise<void> {
    const started = performance.now();
    const working = this.work();
    const whole = performance.now() - started;
    const { total, longestSlice } = (await working) ?? {
      total: whole,
      longestSlice: whole,
    };
    this.#runs++;
    this.#total += total;
    this.#max = Math.max(this.#max, total);
    this.#longestSlice = Math.max(this.#longestSlice, longestSlice);
  }

  statistics(): TickerStatistics {
    const rounded = (value: number) => Math.round(value * 100) / 100;
    return {
      runs: this.#runs,
      meanMilliseconds: rounded(this.#runs ? this.#total / this.#runs : 0),
      maxMilliseconds: rounded(this.#max),
      longestSliceMilliseconds: rounded(this.#longestSlice),
    };
  }

  #schedule(): void {
    if (this.#stopped) return;
    const { alignTo } = this.options;
    const wait = alignTo
      ? this.intervalMilliseconds - (alignTo.now() % this.intervalMilliseconds)
      : this.intervalMilliseconds;
    this.#timer = setTimeout(() => {
      this.runNow().then(
        () => this.#schedule(),
        // A broken simulation must not go unnoticed.
        error => {
          this.stop();
          throw error;
        },
      );
    }, wait);
  }
}
