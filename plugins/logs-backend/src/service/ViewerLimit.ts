/** Too many streams of one person. */
export class TooManyStreamsError extends Error {
  /** Too many requests. */
  readonly statusCode = 429;

  constructor(most: number) {
    super(`You follow ${most} logs already; close one of them first`);
    this.name = 'TooManyStreamsError';
  }
}

/** How much one person may hold open. */
export class ViewerLimit {
  readonly #most: number;
  readonly #held = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * @returns the way to let go
   * @throws TooManyStreamsError
   */
  take(person: string): () => void {
    const held = this.#held.get(person) ?? 0;
    if (held >= this.#most) {
      throw new TooManyStreamsError(this.#most);
    }
    this.#held.set(person, held + 1);
    let isHeld = true;
    return () => {
      const now = this.#held.get(person) ?? 0;
      if (isHeld && now <= 1) {
        this.#held.delete(person);
      } else if (isHeld) {
        this.#held.set(person, now - 1);
      }
      isHeld = false;
    };
  }
}
