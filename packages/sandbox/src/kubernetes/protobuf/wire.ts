/** One field of a protobuf message as it stands on the wire. */
export interface WireField {
  number: number;
  /** Value of a varint field. */
  varint: bigint;
  /** Content of a length-delimited field. */
  bytes: Uint8Array;
}

const none = new Uint8Array();

function readVarint(
  bytes: Uint8Array,
  start: number,
): { value: bigint; next: number } {
  let value = 0n;
  for (let index = start, shift = 0n; index < bytes.length; index++) {
    value |= BigInt(bytes[index] & 0x7f) << shift;
    if (bytes[index] < 0x80) {
      return { value, next: index + 1 };
    }
    shift += 7n;
    if (shift > 63n) {
      break;
    }
  }
  throw new Error('protobuf: a number does not end');
}

/**
 * The fields of a message in the order in which they were written. Source of
 * the format: the protocol buffers encoding guide.
 */
export function readFields(bytes: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  let position = 0;
  while (position < bytes.length) {
    const tag = readVarint(bytes, position);
    const number = Number(tag.value >> 3n);
    const type = Number(tag.value & 7n);
    position = tag.next;
    if (type === 0) {
      const { value, next } = readVarint(bytes, position);
      fields.push({ number, varint: value, bytes: none });
      position = next;
    } else if (type === 2) {
      const { value, next } = readVarint(bytes, position);
      const end = next + Number(value);
      if (end > bytes.length) {
        throw new Error('protobuf: a field is longer than its message');
      }
      fields.push({ number, varint: 0n, bytes: bytes.subarray(next, end) });
      position = end;
    } else {
      throw new Error(`protobuf: wire type ${type} is not expected`);
    }
  }
  return fields;
}
