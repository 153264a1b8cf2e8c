import type { LogRecord } from './LogRecord';

/** By time, and in the order in which they came where that is equal. */
export function byTime(first: LogRecord, other: LogRecord): number {
  return first.at - other.at || first.order - other.order;
}

/** Records by second, each second sorted by time when it is looked at. */
export class LogShelf {
  readonly #seconds = new Map<number, LogRecord[]>();
  readonly #unsorted = new Set<number>();
  #first = Infinity;
  #last = -Infinity;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(record: LogRecord): void {
    const second = Math.floor(record.at / 1000);
    const records = this.#seconds.get(second);
    if (records) records.push(record);
    else this.#seconds.set(second, [record]);
    this.#unsorted.add(second);
    this.#first = Math.min(this.#first, second);
    this.#last = Math.max(this.#last, second);
    this.#size++;
  }

  /** The records of one second, the oldest first. */
  second(second: number): readonly LogRecord[] {
    const records = this.#seconds.get(second);
    if (!records) return [];
    if (this.#unsorted.delete(second)) records.sort(byTime);
    return records;
  }

  /** Non-empty seconds that may have something from `from` to `to` (milliseconds, both included). */
  *seconds(
    from: number,
    to: number,
    newestFirst: boolean,
  ): Generator<readonly LogRecord[]> {
    const first = Math.max(Math.floor(from / 1000), this.#first);
    const last = Math.min(Math.floor(to / 1000), this.#last);
    for (let step = 0; step <= last - first; step++) {
      const records = this.second(newestFirst ? last - step : first + step);
      if (records.length > 0) yield records;
    }
  }

  /** The oldest and the newest second; undefined when there is nothing. */
  get span(): { first: number; last: number } | undefined {
    return this.#size === 0
      ? undefined
      : { first: this.#first, last: this.#last };
  }

  forgetBefore(second: number): void {
    for (; this.#first < second && this.#size > 0; this.#first++) {
      this.#size -= this.#seconds.get(this.#first)?.length ?? 0;
      this.#seconds.delete(this.#first);
      this.#unsorted.delete(this.#first);
    }
    if (this.#size === 0) {
      this.#first = Infinity;
      this.#last = -Infinity;
    }
  }
}
