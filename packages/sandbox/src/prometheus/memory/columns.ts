import { notANumberKind, writeAbsent, writeStale } from './special-values';

/** Slots per block. A block holds every column of its slots. */
const BLOCK_SLOTS = 4096;
/** Padding between columns, so that one slot's samples do not share a cache set. */
const COLUMN_STRIDE = BLOCK_SLOTS + 8;

/** What a read of one slot at one column found. */
export type Presence = 0 | 1 | 2;
export const ABSENT = 0;
export const STALE = 1;
export const PRESENT = 2;

interface Block {
  current: Float64Array;
  currentWords: Uint32Array;
  columns: Float64Array;
  columnWords: Uint32Array;
  /** Columns before this sequence number were written before the block existed. */
  firstSequence: number;
}

/**
 * A ring of columns over a growing number of slots. One column is one scrape:
 * all slots share its timestamp, and recording it is one copy per block.
 */
export class ColumnRing {
  readonly #capacity: number;
  readonly #timestamps: Float64Array;
  readonly #blocks: Block[] = [];
  #nextSequence = 0;
  #nextSlot = 0;
  readonly #free = new Map<number, number[]>();

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#timestamps = new Float64Array(capacity);
  }

  /** Sequence number of the oldest column that is still held. */
  get oldest(): number {
    return Math.max(0, this.#nextSequence - this.#capacity);
  }

  /** Sequence number that the next column will get. */
  get next(): number {
    return this.#nextSequence;
  }

  /** Bytes reserved for samples. */
  get bytes(): number {
    return this.#blocks.reduce(
      (sum, block) => sum + block.columns.byteLength + block.current.byteLength,
      0,
    );
  }

  timestampOf(sequence: number): number {
    return this.#timestamps[sequence % this.#capacity];
  }

  /** First column whose timestamp is at or after the given one; `next` if none. */
  lowerBound(timestampMs: number): number {
    let low = this.oldest;
    let high = this.#nextSequence;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.timestampOf(middle) < timestampMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Reserves a run of slots that lies within one block; all start without a sample. */
  allocate(count: number): number {
    const reused = this.#free.get(count)?.pop();
    if (reused !== undefined) return reused;
    const roomInBlock = BLOCK_SLOTS - (this.#nextSlot % BLOCK_SLOTS);
    if (count > roomInBlock) this.#nextSlot += roomInBlock;
    const first = this.#nextSlot;
    this.#nextSlot += count;
    while (this.#blocks.length * BLOCK_SLOTS < this.#nextSlot) this.#addBlock();
    return first;
  }

  /** Gives a run back. Every column must hold no sample of it any more. */
  release(first: number, count: number): void {
    const runs = this.#free.get(count);
    if (runs) runs.push(first);
    else this.#free.set(count, [first]);
  }

  /** The value the next column will hold for a slot. */
  set(slot: number, value: number): void {
    const block = this.#blocks[Math.floor(slot / BLOCK_SLOTS)];
    block.current[slot % BLOCK_SLOTS] = value;
  }

  setStale(slot: number): void {
    const block = this.#blocks[Math.floor(slot / BLOCK_SLOTS)];
    writeStale(block.currentWords, slot % BLOCK_SLOTS);
  }

  setAbsent(slot: number): void {
    const block = this.#blocks[Math.floor(slot / BLOCK_SLOTS)];
    writeAbsent(block.currentWords, slot % BLOCK_SLOTS);
  }

  /** The value that `set` left, or undefined without one. */
  currentOf(slot: number): number | undefined {
    const block = this.#blocks[Math.floor(slot / BLOCK_SLOTS)];
    const offset = slot % BLOCK_SLOTS;
    const value = block.current[offset];
    if (Number.isNaN(value)) {
      const kind = notANumberKind(block.currentWords, offset);
      if (kind !== 'value') return undefined;
    }
    return value;
  }

  /** Records the current values of all slots as the newest column. */
  append(timestampMs: number): void {
    const position = this.#nextSequence % this.#capacity;
    this.#timestamps[position] = timestampMs;
    for (const block of this.#blocks) {
      block.columns.set(block.current, position * COLUMN_STRIDE);
    }
    this.#nextSequence += 1;
  }

  presence(slot: number, sequence: number): Presence {
    const block = this.#blocks[Math.floor(slot / BLOCK_SLOTS)];
    if (sequence < block.firstSequence) return ABSENT;
    const index =
      (sequence % this.#capacity) * COLUMN_STRIDE + (slot % BLOCK_SLOTS);
    const value = block.columns[index];
    if (!Number.isNaN(value)) return PRESENT;
    const kind = notANumberKind(block.columnWords, index);
    if (kind === 'value') return PRESENT;
    return kind === 'stale' ? STALE : ABSENT;
  }

  /** The number at a place whose presence is `PRESENT`. */
  read(slot: number, sequence: number): number {
    const block = this.#blocks[Math.floor(slot / BLOCK_SLOTS)];
    return block.columns[
      (sequence % this.#capacity) * COLUMN_STRIDE + (slot % BLOCK_SLOTS)
    ];
  }

  #addBlock(): void {
    const current = new Float64Array(BLOCK_SLOTS);
    const currentWords = new Uint32Array(current.buffer);
    for (let slot = 0; slot < BLOCK_SLOTS; slot++) {
      writeAbsent(currentWords, slot);
    }
    const columns = new Float64Array(this.#capacity * COLUMN_STRIDE);
    this.#blocks.push({
      current,
      currentWords,
      columns,
      columnWords: new Uint32Array(columns.buffer),
      firstSequence: this.#nextSequence,
    });
  }
}
