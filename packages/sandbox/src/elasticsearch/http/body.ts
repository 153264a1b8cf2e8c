import type { IncomingMessage } from 'node:http';
import { isRecord, type JsonRecord } from '../../simulator/read';
import { ElasticError } from '../errors';

const LIMIT = 10 * 1024 * 1024;
const TYPES =
  /^application\/(json|x-ndjson|vnd\.elasticsearch\+(json|x-ndjson))\b/;

/** The body as text; empty when there is none. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    size += part.length;
    if (size > LIMIT) {
      throw new ElasticError(
        413,
        'too_long_http_content_exception',
        `entity content is too long; the limit is [${LIMIT}] bytes`,
      );
    }
    chunks.push(part);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const type = request.headers['content-type'];
  if (text !== '' && !TYPES.test(type ?? '')) {
    throw new ElasticError(
      406,
      'media_type_header_exception',
      `Content-Type header [${type ?? ''}] is not supported`,
    );
  }
  return text;
}

/** One JSON object; an empty one where nothing was sent. */
export function parseObject(text: string): JsonRecord {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ElasticError(
      400,
      'x_content_parse_exception',
      `[1:1] ${error instanceof Error ? error.message : 'not JSON'}`,
    );
  }
  if (isRecord(value)) return value;
  throw new ElasticError(
    400,
    'parsing_exception',
    'Expected [START_OBJECT] but found something else',
    { line: 1, col: 1 },
  );
}
