import { decodeProtobuf } from './decode';

/** Writes the few wire forms that the tests need. */
function varint(value: number): number[] {
  return value < 128
    ? [value]
    : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}

function field(number: number, content: number[] | string): number[] {
  const bytes =
    typeof content === 'string' ? [...Buffer.from(content)] : content;
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
}

const count = (number: number, value: number) => [
  ...varint(number * 8),
  ...varint(value),
];

function envelope(apiVersion: string, kind: string, raw: number[]): Uint8Array {
  const type = [...field(1, apiVersion), ...field(2, kind)];
  return Uint8Array.from([
    ...Buffer.from('k8s\0'),
    ...field(1, type),
    ...field(2, raw),
    ...field(3, ''),
    ...field(4, ''),
  ]);
}

describe('decodeProtobuf', () => {
  it('reads maps, and leaves empty texts out', () => {
    const metadata = [...field(1, 'a'), ...field(2, ''), ...field(3, 'n')];
    const entry = [...field(1, 'color'), ...field(2, 'red')];
    const bytes = envelope('v1', 'ConfigMap', [
      ...field(1, metadata),
      ...field(2, entry),
    ]);
    expect(decodeProtobuf(bytes)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'n' },
      data: { color: 'red' },
    });
  });

  it('keeps a zero where zero is a value', () => {
    const port = [
      ...count(3, 80),
      ...field(4, [...count(1, 1), ...field(3, 'http')]),
      ...count(5, 0),
    ];
    const service = envelope('v1', 'Service', field(2, field(1, port)));
    expect(decodeProtobuf(service)).toMatchObject({
      spec: { ports: [{ port: 80, targetPort: 'http' }] },
    });
    const idle = envelope('apps/v1', 'Deployment', field(2, count(1, 0)));
    expect(decodeProtobuf(idle)).toMatchObject({ spec: { replicas: 0 } });
  });

  it('encodes bytes and dates', () => {
    const entry = [...field(1, 'k'), ...field(2, [1, 2, 255])];
    const created = field(8, count(1, 1_700_000_000));
    const bytes = envelope('v1', 'Secret', [
      ...field(1, created),
      ...field(2, entry),
    ]);
    expect(decodeProtobuf(bytes)).toMatchObject({
      metadata: { creationTimestamp: '2023-11-14T22:13:20Z' },
      data: { k: 'AQL/' },
    });
  });

  it('refuses what it would have to drop', () => {
    expect(() =>
      decodeProtobuf(envelope('v1', 'ConfigMap', field(99, 'x'))),
    ).toThrow('protobuf: field 99 of ConfigMap is not known');
    expect(() => decodeProtobuf(envelope('v1', 'Marvel', []))).toThrow(
      'messages of type Marvel are not known',
    );
    expect(() => decodeProtobuf(Buffer.from('{"kind":"Pod"}'))).toThrow(
      'the envelope does not start with its mark',
    );
  });
});
