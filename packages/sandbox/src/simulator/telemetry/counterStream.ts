import type {
  Labels,
  SampleSink,
  SeriesWriter,
} from '../../prometheus/storage';
import type { CheckpointClock } from './checkpoints';
import type { Breath } from './breath';
import { ValueHistory } from './history';
import type { PastTime } from './pastTime';

/** A counter of the simulated world: whole numbers outside, expected values inside. */
export class CounterStream {
  readonly #history: ValueHistory;
  #value = 0;
  #writer: SeriesWriter | undefined;

  constructor(
    private readonly name: string,
    private readonly labels: Labels,
    breath: Breath,
    clock: CheckpointClock,
  ) {
    this.#history = new ValueHistory(1, breath, clock);
  }

  /** Notes a rate (per second at the day's mean) of an epoch of the past. */
  measure(epoch: number, rate: number): void {
    this.#history.ratesOf(epoch)[0] += rate;
  }

  add(amount: number): void {
    this.#value += amount;
  }

  /** Starts the live counter where the past ends. */
  prime(past: PastTime): void {
    this.#value = this.#history.closedForm(past, past.end)?.[0] ?? 0;
  }

  /** Notes the present value at the checkpoint that is being taken. */
  checkpoint(): void {
    this.#history.note([this.#value]);
  }

  /** Hands the present value to the sink, opening the series the first time. */
  publish(sink: SampleSink, past: PastTime): void {
    // As with a real proxy, a counter appears with the first event.
    if (!this.#writer && this.#value < 1) return;
    this.#writer ??= sink.open(this.name, this.labels, milliseconds => {
      const value = this.#history.countAt(past, milliseconds);
      return value && Math.floor(value);
    });
    this.#writer.set(Math.floor(this.#value));
  }

  /** Ends the series; publishing again continues it. */
  end(): void {
    this.#writer?.end();
    this.#writer = undefined;
  }
}
