import { timestamp } from '../storage/timestamp';
import { asObject, type JsonObject } from '../values';
import { messages } from './messages';
import { readFields, type WireField } from './wire';

/** Media type of the binary form. */
export const protobufType = 'application/vnd.kubernetes.protobuf';

const magic = [0x6b, 0x38, 0x73, 0x00];
const decoder = new TextDecoder('utf-8', { fatal: true });

interface FieldType {
  name: string;
  kind: string;
  shape: 'one' | 'list' | 'map';
}

const parsed = new Map<string, Map<number, FieldType>>();

function fieldsOf(message: string): Map<number, FieldType> | undefined {
  const known = parsed.get(message);
  if (known || messages[message] === undefined) {
    return known;
  }
  const fields = new Map<number, FieldType>();
  for (const entry of messages[message].split(',')) {
    const [number, name, type] = entry.trim().split(/\s+/);
    const shape = { '[]': 'list', '{}': 'map' } as const;
    const prefix = type.slice(0, 2);
    const isShaped = prefix === '[]' || prefix === '{}';
    fields.set(Number(number), {
      name,
      kind: isShaped ? type.slice(2) : type,
      shape: isShaped ? shape[prefix] : 'one',
    });
  }
  parsed.set(message, fields);
  return fields;
}

function textAt(bytes: Uint8Array, number: number): string {
  const found = readFields(bytes).find(field => field.number === number);
  return found ? decoder.decode(found.bytes) : '';
}

function numberAt(bytes: Uint8Array, number: number): number {
  const found = readFields(bytes).find(field => field.number === number);
  return Number(BigInt.asIntN(64, found?.varint ?? 0n));
}

/** A single value; undefined for a zero that means absent. */
function decodeValue(kind: string, field: WireField): unknown {
  const { varint, bytes } = field;
  switch (kind) {
    case 's':
      return decoder.decode(bytes) || undefined;
    case 'n':
      return Number(BigInt.asIntN(64, varint)) || undefined;
    case 'N':
      return Number(BigInt.asIntN(64, varint));
    case 'b':
      return varint === 1n || undefined;
    case 'B':
      return varint === 1n;
    case 'x':
      return Buffer.from(bytes).toString('base64');
    case 'q':
      return textAt(bytes, 1);
    case 't':
      return bytes.length > 0
        ? timestamp(numberAt(bytes, 1) * 1000)
        : undefined;
    case 'o':
      return decodeIntOrText(bytes);
    default: {
      const value = decodeMessage(kind, bytes);
      return Object.keys(value).length > 0 ? value : undefined;
    }
  }
}

function decodeIntOrText(bytes: Uint8Array): unknown {
  if (numberAt(bytes, 1) === 1) {
    return textAt(bytes, 3);
  }
  return bytes.length > 0 ? numberAt(bytes, 2) : undefined;
}

function decodeMessage(message: string, bytes: Uint8Array): JsonObject {
  const fields = fieldsOf(message);
  if (!fields) {
    throw new Error(`protobuf: messages of type ${message} are not known`);
  }
  const result: JsonObject = {};
  for (const field of readFields(bytes)) {
    const type = fields.get(field.number);
    if (!type) {
      // Empty messages are written for every field that is not a pointer.
      if (field.bytes.length > 0 || field.varint !== 0n) {
        throw new Error(
          `protobuf: field ${field.number} of ${message} is not known`,
        );
      }
    } else if (type.kind !== '-') {
      assign(result, type, field);
    }
  }
  return result;
}

function assign(result: JsonObject, type: FieldType, field: WireField): void {
  const { name, kind, shape } = type;
  if (shape === 'map') {
    const value = readFields(field.bytes).find(entry => entry.number === 2);
    const entry = value ? decodeValue(kind, value) : undefined;
    result[name] = {
      ...asObject(result[name]),
      [textAt(field.bytes, 1)]: entry ?? '',
    };
    return;
  }
  if (name === '*') {
    Object.assign(result, decodeMessage(kind, field.bytes));
    return;
  }
  const value = decodeValue(kind, field);
  if (shape === 'list') {
    const before = result[name];
    const entry = value ?? (kind === 's' ? '' : {});
    result[name] = [...(Array.isArray(before) ? before : []), entry];
  } else if (value !== undefined) {
    result[name] = value;
  }
}

/**
 * An object in Kubernetes' binary envelope as plain JSON. Throws with a
 * sentence when it is malformed or of a type that is not in the table.
 */
export function decodeProtobuf(bytes: Uint8Array): JsonObject {
  if (magic.some((byte, index) => bytes[index] !== byte)) {
    throw new Error('protobuf: the envelope does not start with its mark');
  }
  const envelope = readFields(bytes.subarray(magic.length));
  const part = (number: number) =>
    envelope.find(field => field.number === number)?.bytes ?? new Uint8Array();
  const apiVersion = textAt(part(1), 1);
  const kind = textAt(part(1), 2);
  return { apiVersion, kind, ...decodeMessage(kind, part(2)) };
}
