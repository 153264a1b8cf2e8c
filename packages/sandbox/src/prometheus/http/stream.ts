import type { ServerResponse } from 'node:http';

/** Text gathered before it is handed to the socket. */
const FLUSH_LENGTH = 64 * 1024;

/**
 * Writes a long answer piece by piece: it waits for a slow reader and lets
 * other work run between the pieces.
 */
export class TextStream {
  readonly #response: ServerResponse;
  #pending = '';

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** Adds text; true once enough has gathered that `flush` is due. */
  write(text: string): boolean {
    this.#pending += text;
    return this.#pending.length >= FLUSH_LENGTH;
  }

  async flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    const ready = this.#response.write(text);
    if (this.#response.destroyed) return;
    await new Promise<void>(resolve => {
      if (ready) {
        setImmediate(resolve);
        return;
      }
      const done = () => {
        this.#response.off('drain', done);
        this.#response.off('close', done);
        resolve();
      };
      this.#response.on('drain', done);
      this.#response.on('close', done);
    });
  }

  end(text: string): void {
    this.#response.end(this.#pending + text);
    this.#pending = '';
  }
}
