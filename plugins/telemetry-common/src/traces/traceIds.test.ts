import fc from 'fast-check';
import { parseTraceId } from './traceIds';

const LONG = '0af7651916cd43dd8448eb211c80319c';
const SHORT = 'b7ad6b7169203331';

describe('parseTraceId', () => {
  it.each([
    [LONG, { traceId: LONG }],
    [` ${SHORT.toUpperCase()} `, { traceId: SHORT }],
    [`00-${LONG}-${SHORT}-01`, { traceId: LONG, spanId: SHORT }],
    [`traceparent: 00-${LONG}-${SHORT}-00`, { traceId: LONG, spanId: SHORT }],
    [`${LONG}-${SHORT}`, { traceId: LONG, spanId: SHORT }],
    [`b3: ${LONG}-${SHORT}-1-${SHORT}`, { traceId: LONG, spanId: SHORT }],
    [`${SHORT}-${SHORT}-d`, { traceId: SHORT, spanId: SHORT }],
  ])('reads %s', (text, address) => {
    expect(parseTraceId(text)).toEqual(address);
  });

  it.each(['', 'xyz', LONG.slice(1), '0'.repeat(32), `${LONG}-${SHORT}-9`])(
    'refuses %j by its field',
    text => {
      expect(() => parseTraceId(text)).toThrow(/^traceId: expected 16 or 32/);
    },
  );

  it('answers or refuses, and never anything else', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const outcome = () => {
          try {
            return parseTraceId(text).traceId;
          } catch (error) {
            return error instanceof Error ? error.message : '';
          }
        };
        expect(outcome()).toMatch(/^([0-9a-f]{16,32}$|traceId: expected)/);
      }),
    );
  });
});
