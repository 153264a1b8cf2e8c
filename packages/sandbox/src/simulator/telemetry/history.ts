import type { Breath } from './breath';
import { Checkpoints, type CheckpointClock } from './checkpoints';
import type { PastTime } from './pastTime';

/**
 * What is known of the values of a counter, or of the parts of a histogram, at
 * other times than now: by closed form before the process started, by
 * checkpoints since. The first value is the count of events.
 */
export class ValueHistory {
  /** Per epoch of the past, what is added per second at the day's mean. */
  readonly #rates: Float64Array[] = [];
  readonly #checkpoints: Checkpoints;
  /** The breath's integral at the start of each epoch. */
  #breathAtStart: number[] | undefined;
  /** What moves the closed form so that it meets the oldest checkpoint. */
  #shift: { time: number; values: Float64Array } | undefined;

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

  /** Count of events at an instant; undefined when nothing had happened by then. */
  countAt(past: PastTime, milliseconds: number): number | undefined {
    return this.#read(past, milliseconds, 1)?.[0];
  }

  /** All values at an instant; undefined when nothing had happened by then. */
  at(past: PastTime, milliseconds: number): Float64Array | undefined {
    return this.#read(past, milliseconds, this.width);
  }

  /** Values as if nobody had touched the world since it started; only the first so many. */
  closedForm(
    past: PastTime,
    milliseconds: number,
    width = this.width,
  ): Float64Array | undefined {
    const { starts } = past;
    const values = new Float64Array(width);
    const breathAtStart = (this.#breathAtStart ??= starts.map(start =>
      this.breath.integral(start),
    ));
    let active = false;
    this.#rates.forEach((rates, epoch) => {
      const start = starts[epoch];
      if (milliseconds < start || (rates[0] === 0 && !active)) return;
      active = true;
      // The last epoch goes on: what the world would have done if nobody had touched it.
      const over =
        epoch + 1 < starts.length && milliseconds >= starts[epoch + 1];
      const end = over ? starts[epoch + 1] : milliseconds;
      const breathAtEnd = over
        ? breathAtStart[epoch + 1]
        : this.breath.integral(end);
      const seconds =
        past.integral(end) -
        past.integral(start) +
        breathAtEnd -
        breathAtStart[epoch];
      for (let index = 0; index < width; index++) {
        values[index] += rates[index] * seconds;
      }
    });
    return active ? values : undefined;
  }

  #read(
    past: PastTime,
    milliseconds: number,
    width: number,
  ): Float64Array | undefined {
    const values =
      this.#checkpoints.at(milliseconds) ??
      this.#before(past, milliseconds, width);
    return values && values[0] >= 1 ? values : undefined;
  }

  #before(
    past: PastTime,
    milliseconds: number,
    width: number,
  ): Float64Array | undefined {
    const values = this.closedForm(past, milliseconds, width);
    if (!values) return undefined;
    const shift = this.#findShift(past);
    for (let index = 0; shift && index < width; index++) {
      values[index] += shift[index];
    }
    return values;
  }

  #findShift(past: PastTime): Float64Array | undefined {
    const { oldestTime } = this.#checkpoints;
    if (oldestTime === undefined) return undefined;
    if (this.#shift?.time !== oldestTime) {
      const values = this.#checkpoints.at(oldestTime);
      const form = this.closedForm(past, oldestTime);
      if (!values || !form) return undefined;
      this.#shift = {
        time: oldestTime,
        values: values.map((value, index) => value - form[index]),
      };
    }
    return this.#shift.values;
  }
}
