import {
  connectionFailure,
  readBytes as readBounded,
} from '@orrery/backstage-plugin-orrery-node';
import type { UpstreamConfig } from '../config/readUpstream';
import { UpstreamError } from './UpstreamError';

/** More than this is not read of one answer, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Asks an upstream.
 *
 * @param name - what the upstream is called in refusals
 * @throws UpstreamError when there is no answer
 */
export async function fetchUpstream(
  name: string,
  upstream: UpstreamConfig,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  try {
    return await fetch(`${upstream.url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...upstream.headers, ...init.headers },
      signal: AbortSignal.timeout(Math.ceil(upstream.timeoutSeconds * 1000)),
    });
  } catch (error) {
    throw new UpstreamError(
      `${name} could not be reached: ${connectionFailure(error)}`,
    );
  }
}

/**
 * The bytes of an answer, as long as they are not too many.
 *
 * @throws UpstreamError
 */
export async function readBytes(
  name: string,
  response: Response,
  most = MOST_BYTES,
): Promise<Buffer> {
  let bytes: Buffer | undefined;
  try {
    bytes = await readBounded(response, most);
  } catch (error) {
    throw new UpstreamError(
      `${name} broke off its answer: ${connectionFailure(error)}`,
    );
  }
  if (!bytes) {
    throw new UpstreamError(`${name} answered more than ${most} bytes`);
  }
  return bytes;
}

/**
 * Asks an upstream for JSON.
 *
 * @returns undefined when there is no such thing (404)
 * @throws UpstreamError
 */
export async function fetchJson(
  name: string,
  upstream: UpstreamConfig,
  path: string,
  init: RequestInit = {},
): Promise<unknown> {
  const response = await fetchUpstream(name, upstream, path, {
    ...init,
    headers: { Accept: 'application/json', ...init.headers },
  });
  const text = (await readBytes(name, response)).toString('utf8');
  if (response.status === 404) {
    return undefined;
  }
  if (!response.ok) {
    const told = text.replace(/\s+/g, ' ').slice(0, 200);
    throw new UpstreamError(
      `${name} answered ${response.status}${told ? `: ${told}` : ''}`,
      response.status,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UpstreamError(`${name} answered something that is not JSON`);
  }
}
