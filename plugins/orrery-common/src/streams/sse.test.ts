import fc from 'fast-check';
import { createStreamDecoder, encodeStreamEvent, type StreamEvent } from '.';

describe('stream events', () => {
  it('survive being cut anywhere', () => {
    const event = fc.record({
      event: fc.constantFrom<StreamEvent['event']>(
        'snapshot',
        'delta',
        'problem',
        'heartbeat',
      ),
      id: fc.constantFrom('1', 'abc-2'),
      data: fc.json(),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        (events, size) => {
          const wire = events.map(encodeStreamEvent).join('');
          const decode = createStreamDecoder();
          const received: StreamEvent[] = [];
          for (let at = 0; at < wire.length; at += size) {
            received.push(...decode(wire.slice(at, at + size)));
          }
          expect(received).toEqual(events);
        },
      ),
    );
  });

  it('skips comments and events it does not know', () => {
    const decode = createStreamDecoder();
    expect(
      decode(': hello\n\nevent: later\ndata: 1\n\nevent: delta\ndata: 2\n\n'),
    ).toEqual([{ event: 'delta', id: undefined, data: '2' }]);
  });
});
