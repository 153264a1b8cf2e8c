import { ConsulError } from './ConsulError';

/** A prefix of many large values is refused rather than held in memory. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * Reads an answer's body.
 *
 * @throws ConsulError beyond 64 MB
 */
export async function readBounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > LARGEST_ANSWER_BYTES) {
      throw new ConsulError(
        'tooLarge',
        `Consul answers with more than ${
          LARGEST_ANSWER_BYTES / 1024 / 1024
        } MB`,
      );
    }
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}
