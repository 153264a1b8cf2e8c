import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';

const compress = promisify(gzip);
/** Smaller answers are not worth the turn. */
const SMALL_CHARACTERS = 4096;

/**
 * Sends an answer with many lines. They repeat each other, so the fastest
 * compression makes them small as well, and a reader waits less for it than
 * for the default one.
 */
export async function sendLinesJson(
  body: object,
  request: Request,
  response: Response,
): Promise<void> {
  const text = JSON.stringify(body);
  response.type('json').vary('Accept-Encoding');
  if (text.length < SMALL_CHARACTERS || !request.acceptsEncodings('gzip')) {
    response.send(text);
    return;
  }
  const packed = await compress(text, { level: constants.Z_BEST_SPEED });
  response.set('Content-Encoding', 'gzip').send(packed);
}
