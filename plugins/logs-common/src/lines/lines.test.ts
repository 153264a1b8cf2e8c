import fc from 'fast-check';
import { detectFieldMap } from '../fields';
import {
  cutText,
  flattenFields,
  HIGHLIGHT_TAGS,
  readDocument,
  readLevel,
  readText,
  readTrace,
} from '.';

const types = (...names: string[]) =>
  new Map(names.map(name => [name, { types: ['keyword'] }]));

describe('readText', () => {
  it.each([
    ['2026-11-26 ERROR lost the database', 'error'],
    ['E1126 10:00:00.000000 1 main.go:1] gone', 'error'],
    ['[warn] slow', 'warn'],
    ['level=info msg=started', 'info'],
    ['GET /errors 200', 'unknown'],
    ['information about errors', 'unknown'],
  ])('finds the level of %s', (text, level) => {
    expect(readText(text).level).toBe(level);
  });

  it('takes JSON apart', () => {
    expect(
      readText('{"msg":"paid","level":"WARNING","order":{"id":7}}'),
    ).toEqual({
      text: 'paid',
      level: 'warn',
      fields: { level: 'WARNING', 'order.id': '7' },
    });
    expect(readText('{"a":1')).toMatchObject({ text: '{"a":1' });
  });

  it('shows bytes that are no text', () => {
    expect(readText('a\u0000b\uD800c\u001b[31m').text).toBe(
      'a\uFFFDb\uFFFDc\u001b[31m',
    );
  });
});

describe('readLevel', () => {
  it.each([
    ['CRITICAL', 'fatal'],
    ['Err', 'error'],
    ['notice', 'info'],
    ['finest', 'trace'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is %s', (word, level) => expect(readLevel(word)).toBe(level));
});

describe('readTrace', () => {
  const trace = '0af7651916cd43dd8448eb211c80319c';
  const span = 'b7ad6b7169203331';
  it.each([
    [{ traceId: trace.toUpperCase(), spanId: span }, [trace, span, undefined]],
    [{ traceId: `00-${trace}-${span}-00` }, [trace, span, false]],
    [{ traceId: `${trace}-${span}-1` }, [trace, span, true]],
    [{ traceId: span, sampled: '00' }, [span, undefined, false]],
    [{ traceId: 'x', spanId: '1' }, [undefined, undefined, undefined]],
    [{ traceId: '0'.repeat(32) }, [undefined, undefined, undefined]],
  ])('reads %j', (told, [traceId, spanId, isSampled]) => {
    expect(readTrace(told)).toEqual(
      JSON.parse(JSON.stringify({ traceId, spanId, isSampled })),
    );
  });
});

describe('readDocument', () => {
  const options = { cluster: 'kepler', most: 100 };

  it('reads what Filebeat 8 writes', () => {
    const map = detectFieldMap(
      types(
        '@timestamp',
        'message',
        'log.level',
        'kubernetes.namespace',
        'kubernetes.pod.name',
        'kubernetes.labels.app',
        'trace.id',
      ),
    );
    const line = readDocument(
      {
        id: '1',
        source: {
          '@timestamp': '2026-11-26T10:00:00.123456Z',
          message: 'lost the database',
          log: { level: 'error' },
          kubernetes: {
            namespace: 'wealth',
            pod: { name: 'order-1' },
            labels: { app: 'order' },
          },
          trace: { id: '0af7651916cd43dd8448eb211c80319c' },
        },
        highlighted: `lost the ${HIGHLIGHT_TAGS.open}database${HIGHLIGHT_TAGS.close}`,
      },
      map,
      options,
    );
    expect(line).toMatchObject({
      at: '2026-11-26T10:00:00.123456Z',
      level: 'error',
      text: 'lost the database',
      namespace: 'wealth',
      app: 'order',
      pod: 'order-1',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      highlights: [[9, 17]],
    });
    expect(line.fields).not.toHaveProperty('message');
  });

  it('reads what Fluent Bit writes, with whole values beside analyzed ones', () => {
    const known = new Map([
      ['@timestamp', { types: ['date'] }],
      ['log', { types: ['text'] }],
      ['kubernetes.pod_name', { types: ['text'] }],
      ['kubernetes.pod_name.keyword', { types: ['keyword'] }],
      ['kubernetes.namespace_name', { types: ['keyword'] }],
    ]);
    const map = detectFieldMap(known);
    expect(map).toMatchObject({
      message: 'log',
      pod: 'kubernetes.pod_name.keyword',
    });
    expect(
      readDocument(
        {
          id: '1',
          source: {
            '@timestamp': 1764151200000,
            log: '{"message":"hi","level":"debug"}\n',
            kubernetes: { pod_name: 'order-1', namespace_name: 'wealth' },
          },
        },
        map,
        options,
      ),
    ).toMatchObject({ text: 'hi', level: 'debug', pod: 'order-1' });
  });

  it('cuts a megabyte and says how much', () => {
    const line = readDocument(
      { id: '1', source: { message: 'x'.repeat(1_000_000) } },
      { message: 'message' },
      options,
    );
    expect(line.text).toHaveLength(100);
    expect(line.cutCharacters).toBe(999_900);
    expect(cutText('ab😀', 3)).toEqual({ text: 'ab', cutCharacters: 2 });
  });

  it('never throws, whatever a document has', () => {
    fc.assert(
      fc.property(
        fc.object(),
        fc.string({ unit: 'binary' }),
        (rest, message) => {
          const line = readDocument(
            { id: '1', source: { ...rest, message } },
            { message: 'message', level: 'level', at: '@timestamp' },
            options,
          );
          expect(typeof line.text).toBe('string');
          expect(line.text.length).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});

describe('flattenFields', () => {
  it('keeps names that objects have of themselves', () => {
    expect(
      Object.entries(
        flattenFields(JSON.parse('{"__proto__":{"a":1},"b":[1,2],"c":[{}]}')),
      ),
    ).toEqual([
      ['__proto__.a', '1'],
      ['b', ['1', '2']],
      ['c', '[{}]'],
    ]);
    const { b, ...rest } = flattenFields(
      JSON.parse('{"__proto__":"x","b":"y"}'),
    );
    expect([b, Object.keys(rest)]).toEqual(['y', ['__proto__']]);
  });
});
