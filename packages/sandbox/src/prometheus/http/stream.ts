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
    const response = this.#response;
    if (!response.write(text) && !response.destroyed) {
      await new Promise<void>(resolve => {
        const done = () => {
          response.off('drain', done);
          response.off('close', done);
          resolve();
        };
        response.on('drain', done);
        response.on('close', done);
      });
    }
    // A fast reader drains within the same turn of the event loop.
    await new Promise<void>(resolve => {
      setImmediate(resolve);
    });
  }

  end(text: string): void {
    this.#response.end(this.#pending + text);
    this.#pending = '';
  }
}
