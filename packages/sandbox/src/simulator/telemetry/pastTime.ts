import type { TrafficShape } from '../traffic/shape';

/** Range queries ask thousands of series for the same instants. */
const REMEMBERED = 8192;

/** The time before the process started, as epochs of constant configuration. */
export class PastTime {
  readonly #integrals = new Map<number, number>();

  /**
   * @param shape the day's traffic
   * @param starts start of each epoch, milliseconds since the Unix epoch; the
   *   first is when counters began
   * @param end when the process started: the end of the last epoch
   */
  constructor(
    readonly shape: TrafficShape,
    readonly starts: readonly number[],
    readonly end: number,
  ) {}

  /** The shape's integral up to an instant, in seconds of mean traffic. */
  integral(milliseconds: number): number {
    let value = this.#integrals.get(milliseconds);
    if (value === undefined) {
      if (this.#integrals.size >= REMEMBERED) this.#integrals.clear();
      value = this.shape.integral(milliseconds);
      this.#integrals.set(milliseconds, value);
    }
    return value;
  }
}
