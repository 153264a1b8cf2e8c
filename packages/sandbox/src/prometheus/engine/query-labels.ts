import type { LabelInterner } from '../memory/interner';
import type { Labels } from '../storage';

/** A label set: label pair ids, sorted by label name. Never changed in place. */
export type LabelSet = readonly number[];

/** The label set without labels. */
export const NO_LABELS: LabelSet = [];

/**
 * Label sets of one query. Pairs that storage knows keep their ids; pairs
 * that only this query makes (label_replace, count_values) get negative ids
 * and are gone with it, so that queries never grow the storage's dictionary.
 */
export class QueryLabels {
  readonly #base: LabelInterner;
  /** Pairs interned by storage after the query began are treated as the query's own. */
  readonly #baseSize: number;
  readonly #names: string[] = [];
  readonly #values: string[] = [];
  readonly #byName = new Map<string, Map<string, number>>();

  constructor(base: LabelInterner) {
    this.#base = base;
    this.#baseSize = base.size;
  }

  pair(name: string, value: string): number {
    const known = this.#base.find(name, value);
    if (known !== undefined && known < this.#baseSize) return known;
    let values = this.#byName.get(name);
    if (!values) {
      values = new Map();
      this.#byName.set(name, values);
    }
    let id = values.get(value);
    if (id === undefined) {
      this.#names.push(name);
      this.#values.push(value);
      id = -this.#names.length;
      values.set(value, id);
    }
    return id;
  }

  /** The query's id for a pair that came from storage. */
  adopt(pair: number): number {
    if (pair < this.#baseSize) return pair;
    return this.pair(this.#base.nameOf(pair), this.#base.valueOf(pair));
  }

  nameOf(pair: number): string {
    return pair >= 0 ? this.#base.nameOf(pair) : this.#names[-pair - 1];
  }

  valueOf(pair: number): string {
    return pair >= 0 ? this.#base.valueOf(pair) : this.#values[-pair - 1];
  }

  /** The value of a label, empty where it is missing. */
  get(labels: LabelSet, name: string): string {
    for (const pair of labels) {
      if (this.nameOf(pair) === name) return this.valueOf(pair);
    }
    return '';
  }

  /** The set with one label set, or removed where the value is empty. */
  with(labels: LabelSet, name: string, value: string): LabelSet {
    const rest = labels.filter(pair => this.nameOf(pair) !== name);
    if (value === '') return rest;
    const added = this.pair(name, value);
    const at = rest.findIndex(pair => this.nameOf(pair) > name);
    if (at < 0) rest.push(added);
    else rest.splice(at, 0, added);
    return rest;
  }

  without(labels: LabelSet, names: ReadonlySet<string>): LabelSet {
    return labels.filter(pair => !names.has(this.nameOf(pair)));
  }

  only(labels: LabelSet, names: ReadonlySet<string>): LabelSet {
    return labels.filter(pair => names.has(this.nameOf(pair)));
  }

  dropName(labels: LabelSet): LabelSet {
    return labels.filter(pair => this.nameOf(pair) !== '__name__');
  }

  toRecord(labels: LabelSet): Labels {
    const record: Record<string, string> = {};
    for (const pair of labels) record[this.nameOf(pair)] = this.valueOf(pair);
    return record;
  }

  /** As Prometheus prints a label set in error messages. */
  toText(labels: LabelSet): string {
    const pairs = labels.map(
      pair => `${this.nameOf(pair)}=${JSON.stringify(this.valueOf(pair))}`,
    );
    return `{${pairs.join(', ')}}`;
  }

  /** Label sets in Prometheus's order: name by name, value by value. */
  compare(left: LabelSet, right: LabelSet): number {
    const length = Math.min(left.length, right.length);
    for (let index = 0; index < length; index++) {
      if (left[index] === right[index]) continue;
      const byName = compareText(
        this.nameOf(left[index]),
        this.nameOf(right[index]),
      );
      if (byName !== 0) return byName;
      return compareText(this.valueOf(left[index]), this.valueOf(right[index]));
    }
    return left.length - right.length;
  }
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
