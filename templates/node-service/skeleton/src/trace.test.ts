import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentTrace, traceFrom, traceHeaders, withTrace } from './trace.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

test('reads every format', () => {
  const cases = [
    [
      { traceparent: `00-${traceId}-${spanId}-01`, tracestate: 'a=b' },
      { traceId, spanId, sampled: true, state: 'a=b' },
    ],
    [
      { traceparent: `00-${traceId}-${spanId}-00` },
      { traceId, spanId, sampled: false, state: undefined },
    ],
    [{ b3: `${traceId}-${spanId}-0` }, { traceId, spanId, sampled: false }],
    [
      { b3: `a3ce929d0e0e4736-${spanId}` },
      { traceId: '0000000000000000a3ce929d0e0e4736', spanId, sampled: true },
    ],
    [
      {
        'x-b3-traceid': traceId,
        'x-b3-spanid': spanId,
        'x-b3-sampled': '1',
      },
      { traceId, spanId, sampled: true },
    ],
  ] as const;
  for (const [headers, expected] of cases) {
    assert.deepEqual(traceFrom(headers), expected);
  }
});

test('starts a trace where there is no usable one', () => {
  const zeros = { traceparent: `00-${'0'.repeat(32)}-${spanId}-01` };
  const [one, other] = [traceFrom(zeros), traceFrom({})];
  assert.match(one.traceId, /^[0-9a-f]{32}$/);
  assert.match(other.spanId, /^[0-9a-f]{16}$/);
  assert.notEqual(one.traceId, other.traceId);
});

test('writes both languages', () => {
  assert.deepEqual(
    traceHeaders({ traceId, spanId, sampled: true, state: 'a=b' }),
    {
      traceparent: `00-${traceId}-${spanId}-01`,
      tracestate: 'a=b',
      'x-b3-traceid': traceId,
      'x-b3-spanid': spanId,
      'x-b3-sampled': '1',
    },
  );
});

test('stays with what is awaited', async () => {
  const trace = { traceId, spanId, sampled: true };
  await withTrace(trace, async () => {
    await Promise.resolve();
    assert.equal(currentTrace(), trace);
  });
  assert.equal(currentTrace(), undefined);
});
