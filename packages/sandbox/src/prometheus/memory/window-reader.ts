import { ABSENT, PRESENT, STALE } from './columns';
import type { SeriesGroup } from './group';
import type { MemoryStorage } from './memory-storage';
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
  /** Grid instants of the past that lie in the window. */
  readonly #gridFrom: number;
  readonly #gridTo: number;
  readonly #seamMs: number | undefined;
  #pastGroup: SeriesGroup | undefined;
  #pastTimes: number[] = [];
  #pastRows = new Float64Array(0);
  #seamRow: Float64Array | undefined;

  constructor(storage: MemoryStorage, fromMs: number, toMs: number) {
    const { ring, options } = storage;
    this.#storage = storage;
    const now = options.clock.now();
    this.#fromMs = Math.max(fromMs, now - options.historyMs);
    this.#firstSequence = ring.lowerBound(this.#fromMs);
    this.#endSequence = ring.lowerBound(Math.floor(toMs) + 1);
    this.#seamMs = ring.next > 0 ? ring.timestampOf(ring.oldest) : undefined;
    const step = options.historyStepMs;
    this.#gridFrom = Math.ceil(this.#fromMs / step) * step;
    this.#gridTo = Math.min(
      toMs,
      this.#seamMs === undefined ? now : this.#seamMs - 1,
    );
  }

  /** Fills the buffer with the samples of a group's slot, counted from its first. */
  read(group: SeriesGroup, slot: number, buffer: SampleBuffer): void {
    buffer.clear();
    if (group.past && this.#gridFrom <= this.#gridTo) {
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
    if (group.past && this.#gridFrom <= this.#gridTo) {
      this.#readPast(group, slot, buffer);
      buffer.keepLast();
    }
  }

  /** Whether a group has any sample in the span; all its slots share the answer. */
  has(group: SeriesGroup): boolean {
    const { ring, options } = this.#storage;
    const first = Math.max(this.#firstSequence, ring.oldest);
    for (let sequence = this.#endSequence - 1; sequence >= first; sequence--) {
      if (ring.presence(group.firstSlot, sequence) === PRESENT) return true;
    }
    const { past } = group;
    if (!past) return false;
    const row = new Float64Array(group.family.slots);
    const last = Math.min(this.#gridTo, group.endTimestamp);
    for (
      let time = this.#gridFrom;
      time <= last;
      time += options.historyStepMs
    ) {
      if (past(time, row, 0)) return true;
    }
    return false;
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
    const step = this.#storage.options.historyStepMs;
    const last = Math.min(this.#gridTo, group.endTimestamp);
    this.#pastGroup = group;
    this.#pastTimes = [];
    if (!past) return;
    const count = Math.max(0, Math.floor((last - this.#gridFrom) / step) + 1);
    if (this.#pastRows.length < count * slots) {
      this.#pastRows = new Float64Array(count * slots);
    }
    for (let time = this.#gridFrom; time <= last; time += step) {
      const offset = this.#pastTimes.length * slots;
      if (past(time, this.#pastRows, offset)) this.#pastTimes.push(time);
    }
    this.#seamRow = new Float64Array(slots);
    if (this.#seamMs === undefined || !past(this.#seamMs, this.#seamRow, 0)) {
      this.#seamRow = undefined;
    }
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
