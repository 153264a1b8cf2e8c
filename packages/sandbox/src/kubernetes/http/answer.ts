import type { ServerResponse } from 'node:http';
import { stringify } from 'yaml';
import { StatusError } from './status-error';

/** Sends a JSON text with a code. */
export function sendText(
  response: ServerResponse,
  code: number,
  body: string,
  contentType = 'application/json',
): void {
  response.writeHead(code, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache, private',
  });
  response.end(body);
}

/** Whether the caller would rather have YAML than JSON. */
function wantsYaml(accept: string | undefined): boolean {
  const first = accept?.split(',')[0].split(';')[0].trim();
  return first === 'application/yaml';
}

/** Sends a value as JSON, or as YAML when that is what was asked for. */
export function sendObject(
  response: ServerResponse,
  code: number,
  value: unknown,
  json: string = JSON.stringify(value),
): void {
  if (wantsYaml(response.req.headers.accept)) {
    sendText(response, code, stringify(JSON.parse(json)), 'application/yaml');
  } else {
    sendText(response, code, json);
  }
}

/** Adds warnings that clients print, as the API server does in a header. */
export function addWarnings(
  response: ServerResponse,
  warnings: readonly string[],
): void {
  if (warnings.length > 0) {
    response.setHeader(
      'Warning',
      warnings.map(warning => `299 - "${warning.replace(/["\\]/g, '\\$&')}"`),
    );
  }
}

/** Sends a failure as a Status; anything unexpected becomes a 500. */
export function sendError(response: ServerResponse, error: unknown): void {
  const status =
    error instanceof StatusError
      ? error
      : new StatusError(
          500,
          'InternalError',
          `Internal error occurred: ${
            error instanceof Error ? error.message : String(error)
          }`,
        );
  if (response.headersSent) {
    response.end();
    return;
  }
  const retry = status.details?.retryAfterSeconds;
  if (retry !== undefined) {
    response.setHeader('Retry-After', String(retry));
  }
  sendObject(response, status.code, status);
}
