/** When counters were noted, oldest first; shared by all of them. */
export class CheckpointClock {
  readonly #times: number[] = [];
  /** Number of the oldest checkpoint that is kept. */
  #first = 0;

  /**
   * @param distanceMilliseconds between two checkpoints
   * @param capacity how many are kept
   */
  constructor(
    readonly distanceMilliseconds: number,
    readonly capacity: number,
  ) {}

  /** Number of the checkpoint after the newest. */
  get next(): number {
    return this.#first + this.#times.length;
  }

  isDue(now: number): boolean {
    const newest = this.#times[this.#times.length - 1];
    return newest === undefined || now - newest >= this.distanceMilliseconds;
  }

  note(now: number): void {
    this.#times.push(now);
    if (this.#times.length > this.capacity) {
      this.#times.shift();
      this.#first++;
    }
  }

  /** Instant of a checkpoint that is kept. */
  timeOf(number: number): number {
    return this.#times[number - this.#first];
  }

  /** Number of the last checkpoint at or before an instant, and how far (0..1) the instant is on the way to the next. */
  find(milliseconds: number): { number: number; fraction: number } | undefined {
    const times = this.#times;
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= milliseconds) low = middle + 1;
      else high = middle;
    }
    const index = low - 1;
    if (index < 0) return undefined;
    const from = times[index];
    const to = times[index + 1];
    return {
      number: this.#first + index,
      fraction: to === undefined ? 0 : (milliseconds - from) / (to - from),
    };
  }
}

/**
 * Values of one counter or histogram at the checkpoints since it first
 * counted, so that what happened is remembered at a coarse distance for
 * longer than samples are.
 */
export class Checkpoints {
  #rows = new Float64Array(0);
  #count = 0;
  /** Number of the checkpoint of the first row. */
  #first = 0;

  constructor(
    private readonly clock: CheckpointClock,
    private readonly width: number,
  ) {}

  /** Notes values at the checkpoint that is being taken. */
  push(values: ArrayLike<number>): void {
    const { clock, width } = this;
    const number = clock.next - 1;
    if (this.#count > 0 && this.#first + this.#count !== number) {
      // It did not count for a while: what came before is another life.
      this.#count = 0;
    }
    if (this.#count === clock.capacity) {
      this.#rows.copyWithin(0, width);
      this.#count--;
      this.#first++;
    }
    if (this.#count === 0) this.#first = number;
    if ((this.#count + 1) * width > this.#rows.length) {
      const capacity = Math.min(Math.max(this.#count * 2, 8), clock.capacity);
      const grown = new Float64Array(capacity * width);
      grown.set(this.#rows.subarray(0, this.#count * width));
      this.#rows = grown;
    }
    this.#rows.set(values, this.#count * width);
    this.#count++;
  }

  /** Instant of the first values that are still kept. */
  get oldestTime(): number | undefined {
    return this.#count === 0 ? undefined : this.clock.timeOf(this.#first);
  }

  /** Values at an instant, on a straight line between two checkpoints; undefined outside of them. */
  at(milliseconds: number): Float64Array | undefined {
    const place = this.clock.find(milliseconds);
    if (!place) return undefined;
    const row = place.number - this.#first;
    if (row < 0 || row >= this.#count) return undefined;
    const { width } = this;
    const values = this.#rows.slice(row * width, (row + 1) * width);
    if (row + 1 < this.#count) {
      for (let index = 0; index < width; index++) {
        const next = this.#rows[(row + 1) * width + index];
        values[index] += (next - values[index]) * place.fraction;
      }
    }
    return values;
  }
}
