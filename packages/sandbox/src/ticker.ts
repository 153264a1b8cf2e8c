import type { Clock } from './clock';

/** How long the work of a ticker takes, in milliseconds. */
export interface TickerStatistics {
  runs: number;
  meanMilliseconds: number;
  maxMilliseconds: number;
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

  /**
   * @param work answers the milliseconds it worked, or nothing to have its
   *   whole run measured
   * @param options.alignTo runs at multiples of the interval on this clock
   */
  constructor(
    private readonly intervalMilliseconds: number,
    private readonly work: () => Promise<number> | number | void,
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
    const worked = await this.work();
    const spent =
      typeof worked === 'number' ? worked : performance.now() - started;
    this.#runs++;
    this.#total += spent;
    this.#max = Math.max(this.#max, spent);
  }

  statistics(): TickerStatistics {
    const rounded = (value: number) => Math.round(value * 100) / 100;
    return {
      runs: this.#runs,
      meanMilliseconds: rounded(this.#runs ? this.#total / this.#runs : 0),
      maxMilliseconds: rounded(this.#max),
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
