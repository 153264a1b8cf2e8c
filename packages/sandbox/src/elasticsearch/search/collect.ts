import type { Clause } from '../query/clause';
import type { LogRecord } from '../records/LogRecord';
import type { LogShelf } from '../records/LogShelf';
import {
  compareAfter,
  compareRecords,
  type SortKey,
  type SortValue,
} from './sort';

/** What is looked through, and what is wanted of it. */
export interface Collection {
  shelf: LogShelf;
  clause: Clause;
  /** Whether a record is there at all for this search. */
  isVisible(record: LogRecord): boolean;
  keys: readonly SortKey[];
  after?: readonly SortValue[];
  /** Hits that are wanted, those before the page included. */
  wanted: number;
  /** Hits that are counted; undefined for none. */
  counted: number | undefined;
  terminateAfter: number;
  /** Sees every record that matches; with it nothing is left out. */
  each?: (record: LogRecord) => void;
}

/** What was found. */
export interface Collected {
  hits: LogRecord[];
  total: number;
  /** Whether there may be more than `total`. */
  isCut: boolean;
  terminatedEarly: boolean;
}

/** Keeps the best hits of a stream without sorting all of them. */
class Best {
  #hits: LogRecord[] = [];

  constructor(
    private readonly keys: readonly SortKey[],
    private readonly wanted: number,
  ) {}

  add(record: LogRecord): void {
    if (this.wanted === 0) return;
    this.#hits.push(record);
    if (this.#hits.length >= this.wanted * 2 + 1000) this.#trim();
  }

  get length(): number {
    return this.#hits.length;
  }

  #trim(): void {
    this.#hits.sort((first, other) => compareRecords(this.keys, first, other));
    this.#hits.length = Math.min(this.#hits.length, this.wanted);
  }

  list(): LogRecord[] {
    this.#trim();
    return this.#hits;
  }
}

/**
 * Finds hits. Where time comes first in the order, seconds are walked in that
 * order, and the walk ends as soon as the page is full and enough is counted.
 */
export function collect(options: Collection): Collected {
  const { shelf, clause, keys, after, wanted, each } = options;
  const limit = options.counted ?? 0;
  const [first] = keys;
  const byTime = first?.name === '@timestamp';
  const newestFirst = byTime && first.descending;
  const best = new Best(keys, wanted);
  let total = 0;
  let { from, to } = clause;
  const start = byTime ? after?.[0] : undefined;
  const cursor = typeof start === 'number' ? start : undefined;
  // Without a count nothing before the cursor needs to be looked at.
  if (cursor !== undefined && options.counted === undefined && !each) {
    if (newestFirst) to = Math.min(to, cursor);
    else from = Math.max(from, cursor);
  }
  const isEnough = () =>
    !each &&
    total >= limit &&
    best.length >= wanted &&
    (byTime || wanted === 0 || keys.length === 0);
  for (const records of shelf.seconds(from, to, newestFirst)) {
    // A second is looked through as a whole: within it the order is not yet known.
    for (const record of records) {
      if (record.at < clause.from || record.at > clause.to) continue;
      if (!options.isVisible(record) || !clause.test(record)) continue;
      total++;
      each?.(record);
      if (!after || compareAfter(keys, record, after) > 0) best.add(record);
      if (total >= options.terminateAfter) {
        return {
          hits: best.list(),
          total,
          isCut: false,
          terminatedEarly: true,
        };
      }
    }
    if (isEnough() && total > limit) {
      return { hits: best.list(), total, isCut: true, terminatedEarly: false };
    }
  }
  return {
    hits: best.list(),
    total,
    isCut: total > limit,
    terminatedEarly: false,
  };
}
