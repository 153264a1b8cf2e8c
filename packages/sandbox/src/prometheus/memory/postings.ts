/** A growing, ascending list of 32-bit ids: the series that carry one label pair. */
export class PostingList {
  #ids = new Uint32Array(4);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds an id greater than all before it. */
  push(id: number): void {
    if (this.#length === this.#ids.length) {
      const grown = new Uint32Array(Math.ceil(this.#length * 1.5));
      grown.set(this.#ids);
      this.#ids = grown;
    }
    this.#ids[this.#length] = id;
    this.#length += 1;
  }

  remove(id: number): void {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#ids[middle] < id) low = middle + 1;
      else high = middle;
    }
    if (low >= this.#length || this.#ids[low] !== id) return;
    this.#ids.copyWithin(low, low + 1, this.#length);
    this.#length -= 1;
  }

  /** A copy that later changes do not touch. */
  snapshot(): Uint32Array {
    return this.#ids.slice(0, this.#length);
  }
}
