import type {
  Labels,
  SampleSink,
  SeriesWriter,
} from '../../prometheus/storage';
import { Breath, epochSeconds, type PastTime } from './history';

/** A counter of the simulated world: whole numbers outside, expected values inside. */
export class CounterStream {
  /** Rates by epoch of the past; filled in while the past is measured. */
  readonly rates: number[] = [];
  #value = 0;
  #writer: SeriesWriter | undefined;

  constructor(
    readonly name: string,
    readonly labels: Labels,
    private readonly breath: Breath,
  ) {}

  /** Notes a rate (per second at the day's mean) of an epoch of the past. */
  measure(epoch: number, rate: number): void {
    while (this.rates.length <= epoch) this.rates.push(0);
    this.rates[epoch] += rate;
  }

  add(amount: number): void {
    this.#value += amount;
  }

  /** Counter value at an instant of the past. */
  valueAt(past: PastTime, milliseconds: number): number | undefined {
    const first = this.rates.findIndex(rate => rate > 0);
    if (first < 0 || milliseconds < past.starts[first]) return undefined;
    const seconds = epochSeconds(past, this.breath, milliseconds);
    return this.rates.reduce(
      (sum, rate, index) => sum + rate * seconds[index],
      0,
    );
  }

  /** Starts the live counter where the past ends. */
  prime(past: PastTime): void {
    this.#value = this.valueAt(past, past.end) ?? 0;
  }

  /** Hands the present value to the sink, opening the series the first time. */
  publish(sink: SampleSink, past: PastTime): void {
    if (!this.#writer) {
      // As with a real proxy, a counter appears with the first event.
      if (this.#value < 1) return;
      const known = this.rates.some(rate => rate > 0);
      this.#writer = sink.open(
        this.name,
        this.labels,
        known
          ? milliseconds => {
              const value = this.valueAt(past, milliseconds);
              return value === undefined || value < 1
                ? undefined
                : Math.floor(value);
            }
          : undefined,
      );
    }
    this.#writer.set(Math.floor(this.#value));
  }

  /** Ends the series; publishing again continues it. */
  end(): void {
    this.#writer?.end();
    this.#writer = undefined;
  }
}
