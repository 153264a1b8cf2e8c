import type { IncomingMessage } from 'node:http';
import { ConsulError } from './errors';

/** Largest value of a key and largest transaction, in bytes. */
export const BODY_LIMIT = 512 * 1024;

/** One request, its body not yet read. */
export interface ConsulRequest {
  method: string;
  /** Below `/v1`, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  /** Secret of the caller's token; empty when there is none. */
  token: string;
  /** @throws ConsulError 413 beyond the limit of values */
  body(): Promise<Buffer>;
  /** Called once when the caller goes away. */
  onClose(listener: () => void): void;
}

/** An answer: JSON unless it is text or bytes. */
export interface ConsulAnswer {
  status?: number;
  body?: unknown;
  /** Bytes that are sent as they are. */
  raw?: Buffer;
  /** What `X-Consul-Index` says. */
  index?: number;
}

/**
 * Reads a body to its end, so that the connection can be used again.
 * @throws ConsulError 413 beyond the limit of values
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  if (size > BODY_LIMIT) {
    throw new ConsulError(
      413,
      `Request body(${size} bytes) too large, max size: ${BODY_LIMIT} bytes. See https://developer.hashicorp.com/docs/agent/config/config-files#kv_max_value_size.`,
    );
  }
  return Buffer.concat(chunks);
}

/**
 * The JSON object in a body; an empty body is an empty object.
 * @throws ConsulError 400 when it is not JSON
 */
export async function readObject(
  request: ConsulRequest,
): Promise<Record<string, unknown>> {
  const text = (await request.body()).toString();
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConsulError(400, `Request decode failed: ${String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConsulError(400, 'Request decode failed: expected an object');
  }
  return value as Record<string, unknown>;
}
