import {
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

const cursorSchema = z.object({
  /** Sort values of the last line. */
  after: z.array(z.union([z.string(), z.number(), z.null()])),
  from: z.number(),
  to: z.number(),
});

/** The place where a page ended. */
export type Cursor = z.infer<typeof cursorSchema>;

/**
 * Writes cursors that only their own reader can go on with, and only with the
 * question that they came from.
 */
export class CursorSigner {
  readonly #secret: Buffer;

  /** @param secret - shared by all backends; of this process alone where absent */
  constructor(secret?: string) {
    this.#secret =
      secret === undefined
        ? randomBytes(32)
        : createHash('sha256').update(secret).digest();
  }

  /** @param bond - who asks, and what */
  sign(cursor: Cursor, bond: string): string {
    const text = Buffer.from(JSON.stringify(cursor)).toString('base64url');
    return `${text}.${this.#signature(text, bond).toString('base64url')}`;
  }

  /** @throws InvalidValueError for what was not signed here, for this reader and question */
  read(text: string, bond: string): Cursor {
    const [payload = '', signature = ''] = text.split('.');
    const expected = this.#signature(payload, bond);
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new InvalidValueError(
        'cursor',
        'the cursor of an answer to you and to this question',
        text.slice(0, 20),
      );
    }
    return cursorSchema.parse(
      JSON.parse(Buffer.from(payload, 'base64url').toString()),
    );
  }

  #signature(payload: string, bond: string): Buffer {
    return createHmac('sha256', this.#secret)
      .update(`${bond.length} ${bond} ${payload}`)
      .digest();
  }
}
