import fc from 'fast-check';
import { Interner, readAnswerBody } from './readAnswerBody';

/** The text in pieces of so many bytes. */
async function* inPieces(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length; from += size) {
    yield bytes.slice(from, from + size);
  }
}

const read = async (text: string, size = 7) =>
  (await readAnswerBody(inPieces(text, size), new Interner())).answer;

describe('readAnswerBody', () => {
  it('reads any answer as JSON.parse does, however it is cut', async () => {
    const rows = fc.array(
      fc.record({
        metric: fc.dictionary(fc.string({ maxLength: 4 }), fc.string()),
        value: fc.tuple(fc.integer(), fc.string({ maxLength: 3 })),
      }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        async (result, size, isPretty) => {
          const answer = {
            status: 'success',
            data: { resultType: 'vector', result },
            warnings: ['"result":[', '},{"metric":'],
          };
          const text = JSON.stringify(answer, null, isPretty ? 2 : 0);
          expect(await read(text, size)).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it.each([
    '{"status":"error","error":"bad"}',
    '{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}',
    '{"status":"success","data":{"resultType":"vector","result":[]}}',
    '{"result":[{"metric":{},"value":[1,"1"]}]}',
    '[]',
    'null',
  ])('reads %s', async text => {
    expect(await read(text)).toEqual(JSON.parse(text));
  });

  it.each([
    '',
    '<html>',
    '{"data":{"result":[{"metric":{}},{"metric":{',
    '{"data":{"result":[x},{"metric":{}}]}}',
  ])('tells what is not JSON: %s', async text => {
    const { answer, text: seen } = await readAnswerBody(
      inPieces(text, 9),
      new Interner(),
    );
    expect(answer).toBeUndefined();
    expect(text.startsWith(seen.slice(0, 5))).toBe(true);
  });

  it('keeps equal texts once', async () => {
    const interner = new Interner(2);
    const [one, two] = [['a', 'b'].join(''), ['a', 'b'].join('')];
    expect(interner.intern(one)).toBe(interner.intern(two));
    interner.intern('c');
    interner.intern('d');
    expect(interner.intern('ab')).toBe('ab');
  });
});
