import type { TrafficShape } from '../traffic/shape';

/** What a flow was like from one instant on until the next epoch. */
export interface Epoch {
  /** Events per second at the mean of the day. */
  rate: number;
  /** Sum over events of what is summed with them (milliseconds), per second. */
  durationRate: number;
  /** Events per second within each bucket; empty for flows without a histogram. */
  bucketRates: Float64Array;
}

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

/** Index of the first epoch in which something happened; undefined when nothing ever did. */
export function firstActive(epochs: readonly Epoch[]): number | undefined {
  const index = epochs.findIndex(epoch => epoch.rate > 0);
  return index < 0 ? undefined : index;
}
