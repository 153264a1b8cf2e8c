import type { IncomingMessage } from 'node:http';
import type { ImageStore } from '../ImageStore';

/** The registry says no, with one of the specification's codes. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail: unknown = undefined,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export const unsupported = () =>
  new Refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');

export const unknownName = (name: string) =>
  new Refusal(404, 'NAME_UNKNOWN', 'repository name not known to registry', {
    name,
  });

export const unknownBlob = (digest: string) =>
  new Refusal(404, 'BLOB_UNKNOWN', 'blob unknown to registry', { digest });

/** One request, and what answers it. */
export interface Exchange {
  images: ImageStore;
  request: IncomingMessage;
  method: string;
  /** Path below which the protocol is served: `/registry`, or nothing at the root. */
  prefix: string;
  /** Origin and prefix, for absolute addresses. */
  base: string;
  path: string;
  query: URLSearchParams;
}

export interface Answer {
  status: number;
  body?: Buffer | string;
  type?: string;
  headers?: Record<string, string>;
}

export const json = (
  body: unknown,
  headers: Record<string, string> = {},
  status = 200,
): Answer => ({
  status,
  body: JSON.stringify(body),
  type: 'application/json; charset=utf-8',
  headers,
});

/** Reads a body of at most so many bytes. @throws Refusal of larger ones */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limitBytes) {
      throw new Refusal(413, 'SIZE_INVALID', 'the content is too large', {
        limitBytes,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
