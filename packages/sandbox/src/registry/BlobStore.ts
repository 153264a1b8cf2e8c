import { createHash } from 'node:crypto';

/** Digest of bytes, as the distribution protocol writes it. */
export const digestOfBytes = (bytes: Buffer) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** There is no room for more. */
export class StoreFull extends Error {
  constructor(limit: number) {
    super(
      `the registry keeps at most ${Math.round(
        limit / 1048576,
      )} MiB of pushed images`,
    );
  }
}

/** Bytes by their digest, in memory, up to a limit; whoever pushes the same again costs nothing. */
export class BlobStore {
  readonly #blobs = new Map<string, Buffer>();
  #size = 0;

  constructor(private readonly limitBytes: number) {}

  /** @throws StoreFull when so much more does not fit */
  reserve(bytes: number): void {
    if (this.#size + bytes > this.limitBytes) {
      throw new StoreFull(this.limitBytes);
    }
  }

  /** @throws StoreFull */
  put(bytes: Buffer): string {
    const digest = digestOfBytes(bytes);
    if (!this.#blobs.has(digest)) {
      this.reserve(bytes.length);
      this.#blobs.set(digest, bytes);
      this.#size += bytes.length;
    }
    return digest;
  }

  get(digest: string): Buffer | undefined {
    return this.#blobs.get(digest);
  }

  /** Forgets what nobody holds any more. */
  keepOnly(isHeld: (digest: string) => boolean): void {
    for (const [digest, bytes] of this.#blobs) {
      if (!isHeld(digest)) {
        this.#blobs.delete(digest);
        this.#size -= bytes.length;
      }
    }
  }
}
