/** Reads label pairs back from their ids. */
export interface PairReader {
  nameOf(pair: number): string;
  valueOf(pair: number): string;
}

/**
 * Gives every distinct (label name, label value) pair one small integer, so
 * that label sets are lists of integers and each string is held once.
 */
export class LabelInterner implements PairReader {
  readonly #names: string[] = [];
  readonly #values: string[] = [];
  readonly #byName = new Map<string, Map<string, number>>();

  /** Number of pairs so far; ids are 0 to size - 1. */
  get size(): number {
    return this.#names.length;
  }

  /** The id of a pair, given out on first sight. */
  pair(name: string, value: string): number {
    let values = this.#byName.get(name);
    if (!values) {
      values = new Map();
      this.#byName.set(name, values);
    }
    let id = values.get(value);
    if (id === undefined) {
      id = this.#names.length;
      values.set(value, id);
      this.#names.push(name);
      this.#values.push(value);
    }
    return id;
  }

  find(name: string, value: string): number | undefined {
    return this.#byName.get(name)?.get(value);
  }

  nameOf(pair: number): string {
    return this.#names[pair];
  }

  valueOf(pair: number): string {
    return this.#values[pair];
  }

  /** Every value seen with a label name, with its pair id. */
  valuesOf(name: string): ReadonlyMap<string, number> {
    return this.#byName.get(name) ?? new Map();
  }
}
