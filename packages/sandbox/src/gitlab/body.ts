import type { IncomingMessage } from 'node:http';

/** Most bytes of a request that is not git's own. */
const LARGEST = 16 * 1024 * 1024;

/** The body is larger than what is taken, or no JSON. */
export class BodyError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** Reads a body as text. @throws BodyError of larger ones */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST) throw new BodyError(413, 'Request Entity Too Large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * Reads the parameters of a body: JSON, or a form.
 *
 * @throws BodyError
 */
export async function readParameters(
  request: IncomingMessage,
): Promise<Record<string, unknown>> {
  const content = await readText(request);
  if (content === '') return {};
  if (!String(request.headers['content-type']).includes('json')) {
    return Object.fromEntries(new URLSearchParams(content));
  }
  try {
    const parsed: unknown = JSON.parse(content);
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch {
    // Told below.
  }
  throw new BodyError(400, 'Problems parsing JSON');
}
