const PAGE = 65536;

/**
 * Holds lists of label pair ids in large shared pages: a list costs four
 * bytes per pair and no object of its own.
 */
export class LabelPool {
  readonly #pages: Uint32Array[] = [];
  #used = PAGE;
  readonly #free = new Map<number, number[]>();

  /** Stores a list and returns its handle. */
  add(pairs: readonly number[]): number {
    const handle = this.#free.get(pairs.length)?.pop() ?? this.#reserve(pairs);
    const page = this.#pages[Math.floor(handle / PAGE)];
    page.set(pairs, handle % PAGE);
    return handle;
  }

  at(handle: number, index: number): number {
    return this.#pages[Math.floor(handle / PAGE)][(handle % PAGE) + index];
  }

  equals(handle: number, length: number, pairs: readonly number[]): boolean {
    if (length !== pairs.length) return false;
    const page = this.#pages[Math.floor(handle / PAGE)];
    const offset = handle % PAGE;
    for (let index = 0; index < length; index++) {
      if (page[offset + index] !== pairs[index]) return false;
    }
    return true;
  }

  release(handle: number, length: number): void {
    const handles = this.#free.get(length);
    if (handles) handles.push(handle);
    else this.#free.set(length, [handle]);
  }

  #reserve(pairs: readonly number[]): number {
    if (this.#pages.length === 0 || this.#used + pairs.length > PAGE) {
      this.#pages.push(new Uint32Array(PAGE));
      this.#used = 0;
    }
    const handle = (this.#pages.length - 1) * PAGE + this.#used;
    this.#used += pairs.length;
    return handle;
  }
}
