import type { LabelSet, QueryLabels } from './query-labels';

/** Keeps or drops labels by name, remembering its verdict per pair. */
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
      if (this.#accepts(pair)) result.push(pair);
    }
    return result;
  }

  /** A text that is equal exactly where `apply` gives equal sets. */
  key(labels: LabelSet): string {
    let key = '';
    for (const pair of labels) {
      if (this.#accepts(pair)) key += `${pair},`;
    }
    return key;
  }

  #accepts(pair: number): boolean {
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

/** A text that is equal exactly for equal label sets. */
export function keyOf(labels: LabelSet): string {
  return labels.join();
}
