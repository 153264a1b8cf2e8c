import type { TrafficShape } from '../traffic/shape';
import { Checkpoints, type CheckpointClock } from './checkpoints';

/** The time before the process started, as epochs of constant configuration. */
export interface PastTime {
  shape: TrafficShape;
  /** Start of each epoch, milliseconds since the Unix epoch; the first is when counters began. */
  starts: readonly number[];
  /** When the process started: the end of the last epoch. */
  end: number;
}

const BREATH = 0.05;

/**
 * Small differences between flows that the day's shape does not explain: each
 * breathes with its own period and phase, in closed form, so that counters of
 * the past and of the present are one smooth line.
 */
export class Breath {
  readonly #frequency: number;
  readonly #phase: number;

  /** @param random two numbers in [0, 1) that belong to the flow */
  constructor(first: number, second: number) {
    // Periods between 70 seconds and 8 minutes.
    this.#frequency = (2 * Math.PI) / (70 + 410 * first);
    this.#phase = 2 * Math.PI * second;
  }

  /** Multiplier at an instant where the day's shape is `shape`. */
  factor(milliseconds: number, shape: number): number {
    return (
      1 +
      (BREATH *
        Math.cos((this.#frequency * milliseconds) / 1000 + this.#phase)) /
        Math.max(shape, BREATH * 2)
    );
  }

  /** What to add to the shape's integral between two instants, in seconds. */
  integral(fromMilliseconds: number, toMilliseconds: number): number {
    const at = (milliseconds: number) =>
      Math.sin((this.#frequency * milliseconds) / 1000 + this.#phase);
    return (
      (BREATH / this.#frequency) * (at(toMilliseconds) - at(fromMilliseconds))
    );
  }
}

/**
 * For each epoch, for how many mean seconds a counter has run by an instant:
 * multiplied by the epochs' rates and added up, the counter's value.
 */
export function epochSeconds(
  past: PastTime,
  breath: Breath,
  milliseconds: number,
): number[] {
  return past.starts.map((start, index) => {
    // The last epoch goes on: what the world would have done if nobody had touched it.
    const end = Math.min(past.starts[index + 1] ?? Infinity, milliseconds);
    if (end <= start) return 0;
    return (
      past.shape.integral(end) -
      past.shape.integral(start) +
      breath.integral(start, end)
    );
  });
}

/**
 * What is known of the values of a counter, or of the parts of a histogram, at
 * other times than now: by closed form before the process started, by
 * checkpoints since. The first value is the count of events.
 */
export class ValueHistory {
  /** Per epoch of the past, what is added per second at the day's mean. */
  readonly #rates: Float64Array[] = [];
  readonly #checkpoints: Checkpoints;

  constructor(
    private readonly width: number,
    private readonly breath: Breath,
    clock: CheckpointClock,
  ) {
    this.#checkpoints = new Checkpoints(clock, width);
  }

  /** Rates of an epoch of the past, to be added to. */
  ratesOf(epoch: number): Float64Array {
    while (this.#rates.length <= epoch) {
      this.#rates.push(new Float64Array(this.width));
    }
    return this.#rates[epoch];
  }

  /** Notes the present values at the checkpoint that is being taken. */
  note(values: ArrayLike<number>): void {
    this.#checkpoints.push(values);
  }

  /** Values at an instant; undefined when nothing had been counted by then. */
  at(past: PastTime, milliseconds: number): Float64Array | undefined {
    const noted = this.#checkpoints.at(milliseconds);
    const values = noted ?? this.#before(past, milliseconds);
    return values && values[0] >= 1 ? values : undefined;
  }

  /** Closed form, moved so that it meets the oldest checkpoint. */
  #before(past: PastTime, milliseconds: number): Float64Array | undefined {
    const values = this.closedForm(past, milliseconds);
    const { oldest } = this.#checkpoints;
    if (!values || !oldest) return values;
    const there = this.closedForm(past, oldest.time);
    if (there) {
      for (let index = 0; index < this.width; index++) {
        values[index] += oldest.values[index] - there[index];
      }
    }
    return values;
  }

  /** Values as if nobody had touched the world since it started. */
  closedForm(past: PastTime, milliseconds: number): Float64Array | undefined {
    const first = this.#rates.findIndex(rates => rates[0] > 0);
    if (first < 0 || milliseconds < past.starts[first]) return undefined;
    const seconds = epochSeconds(past, this.breath, milliseconds);
    const values = new Float64Array(this.width);
    this.#rates.forEach((rates, epoch) => {
      for (let index = 0; index < this.width; index++) {
        values[index] += rates[index] * seconds[epoch];
      }
    });
    return values;
  }
}
