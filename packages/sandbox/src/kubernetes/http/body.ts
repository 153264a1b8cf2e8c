import type { IncomingMessage } from 'node:http';
import { parse } from 'yaml';
import { decodeProtobuf, protobufType } from '../protobuf/decode';
import { isObject, type JsonObject } from '../values';
import { StatusError } from './status-error';
import { badRequest, unsupportedMediaType } from './request-failures';

/** Largest body that is read, as in the API server. */
const maximumBytes = 3 * 1024 * 1024;

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    size += part.length;
    if (size > maximumBytes) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${maximumBytes}`,
      );
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

/** The whole body as text. */
export async function readText(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString('utf8');
}

/** The media type of the body, without parameters; JSON when none is given. */
export function mediaType(request: IncomingMessage): string {
  const header = request.headers['content-type'] ?? 'application/json';
  return header.split(';')[0].trim().toLowerCase();
}

/** A field of this name would change what an object inherits when it is copied. */
function withoutPrototypes(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, entry: unknown) =>
      key === '__proto__' ? undefined : entry,
    ),
  );
}

function decode(content: string, type: string): unknown {
  try {
    const value: unknown = type.endsWith('yaml')
      ? parse(content)
      : JSON.parse(content);
    return content.includes('__proto__') ? withoutPrototypes(value) : value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw badRequest(`the object provided is unrecognized: ${reason}`);
  }
}

/** A body of any JSON or YAML value. */
export function parseValue(content: string, type: string): unknown {
  return decode(content, type);
}

/** What is not in the table of binary messages is refused like an unknown type. */
function decodeBinary(bytes: Buffer): JsonObject {
  try {
    return decodeProtobuf(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `${reason}; send the object as application/json or application/yaml`,
    );
  }
}

/** A body that must be an object; undefined when there is none. */
export async function readObject(
  request: IncomingMessage,
): Promise<JsonObject | undefined> {
  const type = mediaType(request);
  const bytes = await readBytes(request);
  if (bytes.length === 0) {
    return undefined;
  }
  if (type === protobufType) {
    return decodeBinary(bytes);
  }
  const content = bytes.toString('utf8');
  if (!['application/json', 'application/yaml', 'text/plain'].includes(type)) {
    throw unsupportedMediaType([
      'application/json',
      'application/yaml',
      protobufType,
    ]);
  }
  const value = decode(content, type);
  if (!isObject(value)) {
    throw badRequest('the body of the request was not an object');
  }
  return value;
}
