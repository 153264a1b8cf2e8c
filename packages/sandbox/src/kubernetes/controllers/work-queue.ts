/** Keys to look at, now or later; a key waits only once, for its earliest time. */
export class WorkQueue {
  readonly #due = new Map<string, number>();

  get size(): number {
    return this.#due.size;
  }

  /** Asks for a key to be looked at from an instant on, milliseconds since the epoch. */
  add(key: string, due = 0): void {
    const current = this.#due.get(key);
    if (current === undefined || due < current) {
      this.#due.set(key, due);
    }
  }

  /** Takes every key that is due. */
  take(now: number): string[] {
    const keys: string[] = [];
    for (const [key, due] of this.#due) {
      if (due <= now) {
        keys.push(key);
      }
    }
    for (const key of keys) {
      this.#due.delete(key);
    }
    return keys;
  }
}
