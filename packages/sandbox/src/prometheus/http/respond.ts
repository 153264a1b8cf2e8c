import type { ServerResponse } from 'node:http';
import type { ApiError } from './api-error';

/** Sends a successful answer around data that is small enough to build at once. */
export function respondData(
  response: ServerResponse,
  data: unknown,
  warnings: readonly string[] = [],
): void {
  const body = {
    status: 'success',
    data,
    ...(warnings.length > 0 && { warnings }),
  };
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Sends a refusal in the API's form. */
export function respondError(response: ServerResponse, error: ApiError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(error.status, { 'Content-Type': 'application/json' });
  response.end(
    JSON.stringify({
      status: 'error',
      errorType: error.type,
      error: error.message,
    }),
  );
}

export function respondText(
  response: ServerResponse,
  status: number,
  text: string,
  contentType = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'Content-Type': contentType });
  response.end(text);
}
