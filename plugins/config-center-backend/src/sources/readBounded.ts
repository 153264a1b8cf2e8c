import { readBytes } from '@orrery/backstage-plugin-orrery-node';
import { ConsulError } from './ConsulError';

/** A prefix of many large values is refused rather than held in memory. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * Reads an answer's body.
 *
 * @throws ConsulError beyond 64 MB
 */
export async function readBounded(response: Response): Promise<string> {
  const bytes = await readBytes(response, LARGEST_ANSWER_BYTES);
  if (!bytes) {
    throw new ConsulError(
      'tooLarge',
      `Consul answers with more than ${LARGEST_ANSWER_BYTES / 1024 / 1024} MB`,
    );
  }
  return bytes.toString('utf8');
}
