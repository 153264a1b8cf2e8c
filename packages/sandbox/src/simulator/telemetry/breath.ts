const SIZE = 0.05;

/**
 * Small differences between flows that the day's shape does not explain: each
 * breathes with its own period and phase, in closed form, so that counters of
 * the past and of the present are one smooth line.
 */
export class Breath {
  readonly #frequency: number;
  readonly #phase: number;

  /** Takes two numbers in [0, 1) that belong to the flow. */
  constructor(first: number, second: number) {
    // Periods between 70 seconds and 8 minutes.
    this.#frequency = (2 * Math.PI) / (70 + 410 * first);
    this.#phase = 2 * Math.PI * second;
  }

  /** Multiplier at an instant where the day's shape is `shape`. */
  factor(milliseconds: number, shape: number): number {
    return (
      1 +
      (SIZE * Math.cos(this.#angle(milliseconds))) / Math.max(shape, SIZE * 2)
    );
  }

  /** What to add to the shape's integral up to an instant, but for a constant: differences count. In seconds. */
  integral(milliseconds: number): number {
    return (SIZE / this.#frequency) * Math.sin(this.#angle(milliseconds));
  }

  #angle(milliseconds: number): number {
    return (this.#frequency * milliseconds) / 1000 + this.#phase;
  }
}
