import type { LabelSet, QueryLabels } from './query-labels';

/** Chooses labels by name, remembering its verdict per pair. */
export class PairFilter {
  readonly #labels: QueryLabels;
  readonly #names: ReadonlySet<string>;
  readonly #keep: boolean;
  readonly #verdicts: (boolean | undefined)[] = [];

  /** @param keep - true to keep only `names`, false to drop them */
  constructor(labels: QueryLabels, names: Iterable<string>, keep: boolean) {
    this.#labels = labels;
    this.#names = new Set(names);
    this.#keep = keep;
  }

  apply(labels: LabelSet): LabelSet {
    const result: number[] = [];
    for (const pair of labels) {
      if (this.accepts(pair)) result.push(pair);
    }
    return result;
  }

  accepts(pair: number): boolean {
    // Negative ids are the query's own pairs: they take the odd places.
    const place = pair >= 0 ? 2 * pair : -2 * pair - 1;
    let verdict = this.#verdicts[place];
    if (verdict === undefined) {
      verdict = this.#names.has(this.#labels.nameOf(pair)) === this.#keep;
      this.#verdicts[place] = verdict;
    }
    return verdict;
  }
}

/** Numbers the distinct label sets that remain after a filter. */
export class LabelGroups {
  /** The filtered label set of each group. */
  readonly labels: LabelSet[] = [];
  readonly #filter: PairFilter;
  /** Newest group per hash; older ones with the same hash follow by `#older`. */
  readonly #newest = new Map<number, number>();
  readonly #older: number[] = [];

  constructor(filter: PairFilter) {
    this.#filter = filter;
  }

  /** The group of a label set, or -1 where it was never placed. */
  find(labels: LabelSet): number {
    return this.#findHashed(labels, this.#hash(labels));
  }

  /** The group of a label set, made when it is new. */
  place(labels: LabelSet): number {
    const hash = this.#hash(labels);
    const found = this.#findHashed(labels, hash);
    if (found >= 0) return found;
    const group = this.labels.length;
    this.labels.push(this.#filter.apply(labels));
    this.#older.push(this.#newest.get(hash) ?? -1);
    this.#newest.set(hash, group);
    return group;
  }

  #hash(labels: LabelSet): number {
    let hash = 17;
    for (const pair of labels) {
      if (this.#filter.accepts(pair)) {
        hash = Math.imul(hash ^ pair, 0x9e3779b1);
        hash ^= hash >>> 15;
      }
    }
    // Two bits less, so that it stays an unboxed integer.
    return hash >> 2;
  }

  #findHashed(labels: LabelSet, hash: number): number {
    let group = this.#newest.get(hash) ?? -1;
    while (group >= 0 && !this.#equals(labels, this.labels[group])) {
      group = this.#older[group];
    }
    return group;
  }

  #equals(labels: LabelSet, filtered: LabelSet): boolean {
    let next = 0;
    for (const pair of labels) {
      if (!this.#filter.accepts(pair)) continue;
      if (filtered[next] !== pair) return false;
      next += 1;
    }
    return next === filtered.length;
  }
}

/** Groups by the whole label set. */
export function distinctLabels(labels: QueryLabels): LabelGroups {
  return new LabelGroups(new PairFilter(labels, [], false));
}
