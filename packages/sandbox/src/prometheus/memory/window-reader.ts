import { ABSENT, PRESENT, STALE } from './columns';
import type { SeriesGroup } from './group';
import type { MemoryStorage } from './memory-storage';
import { planPast } from './past-plan';
import type { SampleBuffer } from './sample-buffer';

/**
 * Reads the samples of [fromMs, toMs]: first the past, from a group's `past`
 * function at the instants of the history grid, then the ring.
 *
 * A counter's past is shifted by a constant so that it meets the oldest
 * sample of the ring: rates are unchanged, and the seam is not taken for a
 * counter reset.
 */
export class WindowReader {
  readonly #storage: MemoryStorage;
  readonly #fromMs: number;
  readonly #firstSequence: number;
  readonly #endSequence: number;
  /** Instants at which the past is asked for. */
  readonly #pastPlan: Float64Array;
  readonly #seamMs: number | undefined;
  #pastGroup: SeriesGroup | undefined;
  #pastTimes: number[] = [];
  #pastRows = new Float64Array(0);
  #seamRow: Float64Array | undefined;

  /** @param pastTimes - instants of the history grid that are wanted, ascending; by default all of the span */
  constructor(
    storage: MemoryStorage,
    fromMs: number,
    toMs: number,
    pastTimes?: Float64Array,
  ) {
    const { ring, options } = storage;
    this.#storage = storage;
    const now = options.clock.now();
    this.#fromMs = Math.max(fromMs, now - options.historyMs);
    this.#firstSequence = ring.lowerBound(this.#fromMs);
    this.#endSequence = ring.lowerBound(Math.floor(toMs) + 1);
    this.#seamMs = ring.next > 0 ? ring.timestampOf(ring.oldest) : undefined;
    const lastMs = Math.min(
      toMs,
      this.#seamMs === undefined ? now : this.#seamMs - 1,
    );
    const wanted =
      pastTimes ??
      planPast(
        {
          ends: [lastMs],
          rangeMs: Math.max(0, lastMs - this.#fromMs),
          startIncluded: true,
        },
        'all',
        options.historyStepMs,
      );
    // What begins before the history begins with it.
    const { historyStepMs } = options;
    const oldest = Math.ceil(this.#fromMs / historyStepMs) * historyStepMs;
    const instants = new Set(
      Array.from(wanted, time => Math.max(time, oldest)),
    );
    this.#pastPlan = Float64Array.from(instants).filter(time => time <= lastMs);
  }

  /** Fills the buffer with the samples of a group's slot, counted from its first. */
  read(group: SeriesGroup, slot: number, buffer: SampleBuffer): void {
    buffer.clear();
    if (group.past && this.#pastPlan.length > 0) {
      this.#readPast(group, slot, buffer);
    }
    const { ring } = this.#storage;
    const absolute = group.firstSlot + slot;
    // A scrape during a long query may have overwritten the first columns.
    const first = Math.max(this.#firstSequence, ring.oldest);
    for (let sequence = first; sequence < this.#endSequence; sequence++) {
      const presence = ring.presence(absolute, sequence);
      if (presence !== ABSENT) {
        buffer.push(
          ring.timestampOf(sequence),
          ring.read(absolute, sequence),
          presence === STALE,
        );
      }
    }
  }

  /** Fills the buffer with the newest sample of the span alone. */
  readLatest(group: SeriesGroup, slot: number, buffer: SampleBuffer): void {
    buffer.clear();
    const { ring } = this.#storage;
    const absolute = group.firstSlot + slot;
    const first = Math.max(this.#firstSequence, ring.oldest);
    for (let sequence = this.#endSequence - 1; sequence >= first; sequence--) {
      const presence = ring.presence(absolute, sequence);
      if (presence !== ABSENT) {
        buffer.push(
          ring.timestampOf(sequence),
          ring.read(absolute, sequence),
          presence === STALE,
        );
        return;
      }
    }
    if (group.past && this.#pastPlan.length > 0) {
      this.#readPast(group, slot, buffer);
      buffer.keepLast();
    }
  }

  /** Rough work of looking at a group for the first time: what its past costs. */
  pastCost(group: SeriesGroup): number {
    return group.past ? 16 * (this.#pastPlan.length + 1) : 0;
  }

  /** Whether a group has any sample in the span; all its slots share the answer. */
  has(group: SeriesGroup): boolean {
    const { ring } = this.#storage;
    const first = Math.max(this.#firstSequence, ring.oldest);
    for (let sequence = this.#endSequence - 1; sequence >= first; sequence--) {
      if (ring.presence(group.firstSlot, sequence) === PRESENT) return true;
    }
    const { past } = group;
    if (!past) return false;
    const row = new Float64Array(group.family.slots);
    return this.#pastPlan.some(
      time => time <= group.endTimestamp && past(time, row, 0),
    );
  }

  #readPast(group: SeriesGroup, slot: number, buffer: SampleBuffer): void {
    if (this.#pastGroup !== group) this.#loadPast(group);
    const { slots } = group.family;
    const shift = this.#shift(group, slot);
    for (let index = 0; index < this.#pastTimes.length; index++) {
      buffer.push(
        this.#pastTimes[index],
        this.#pastRows[index * slots + slot] + shift,
        false,
      );
    }
  }

  #loadPast(group: SeriesGroup): void {
    const { past } = group;
    const { slots } = group.family;
    this.#pastGroup = group;
    this.#pastTimes = [];
    if (!past) return;
    // One more for the birth of a series.
    const size = (this.#pastPlan.length + 1) * slots;
    if (this.#pastRows.length < size) this.#pastRows = new Float64Array(size);
    const add = (time: number) => {
      const offset = this.#pastTimes.length * slots;
      const found = past(time, this.#pastRows, offset);
      if (found) this.#pastTimes.push(time);
      return found;
    };
    this.#seamRow = new Float64Array(slots);
    if (this.#seamMs === undefined || !past(this.#seamMs, this.#seamRow, 0)) {
      this.#seamRow = undefined;
    }
    const probe = new Float64Array(slots);
    let before: number | undefined;
    for (const time of this.#pastPlan) {
      if (time > group.endTimestamp) break;
      if (this.#pastTimes.length === 0 && past(time, probe, 0)) {
        this.#addBirth(before, time, past, slots, add);
      }
      if (!add(time)) before = time;
    }
    if (this.#pastTimes.length === 0 && this.#seamRow) {
      this.#addBirth(before, this.#seamMs, past, slots, add);
    }
  }

  /**
   * A series that began between two instants of the plan has its first sample
   * there, which no plan foresees: without it, what it grew by is not seen.
   */
  #addBirth(
    before: number | undefined,
    after: number | undefined,
    past: NonNullable<SeriesGroup['past']>,
    slots: number,
    add: (time: number) => boolean,
  ): void {
    if (before === undefined || after === undefined) return;
    const step = this.#storage.options.historyStepMs;
    const row = new Float64Array(slots);
    let missing = Math.floor(before / step);
    let present = Math.floor((after - 1) / step);
    if (present <= missing || !past(present * step, row, 0)) return;
    while (present - missing > 1) {
      const middle = Math.floor((missing + present) / 2);
      if (past(middle * step, row, 0)) present = middle;
      else missing = middle;
    }
    add(present * step);
  }

  #shift(group: SeriesGroup, slot: number): number {
    const { ring } = this.#storage;
    const { type } = group.family;
    if (!this.#seamRow || (type !== 'counter' && type !== 'histogram')) {
      return 0;
    }
    const absolute = group.firstSlot + slot;
    if (ring.presence(absolute, ring.oldest) !== PRESENT) return 0;
    const shift = ring.read(absolute, ring.oldest) - this.#seamRow[slot];
    return Number.isFinite(shift) ? shift : 0;
  }
}
