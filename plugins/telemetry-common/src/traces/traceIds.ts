import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';

/** What an identifier of a trace leads to. @public */
export type TraceAddress = {
  /** 32 or 16 lower-case hexadecimal digits. */
  traceId: string;
  /** 16 lower-case hexadecimal digits. */
  spanId?: string;
};

const PLAIN = /^(?:[0-9a-f]{32}|[0-9a-f]{16})$/;
/** W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
/** B3 in one header, https://github.com/openzipkin/b3-propagation. */
const B3 =
  /^([0-9a-f]{32}|[0-9a-f]{16})-([0-9a-f]{16})(?:-[01d](?:-[0-9a-f]{16})?)?$/;
const NOTHING = /^0+$/;

/**
 * Reads a trace id as people paste it: alone, as a `traceparent` or as a `b3`
 * header.
 *
 * @throws InvalidValueError naming the field `traceId`
 * @public
 */
export function parseTraceId(text: string): TraceAddress {
  const pasted = text
    .trim()
    .toLocaleLowerCase('en-US')
    .replace(/^(?:traceparent|b3|x-b3-traceid)\s*[:=]\s*/, '');
  const match = TRACEPARENT.exec(pasted) ?? B3.exec(pasted);
  const traceId = match ? match[1] : pasted;
  const spanId = match?.[2];
  const isEmpty = NOTHING.test(traceId) || NOTHING.test(spanId ?? '1');
  if (!PLAIN.test(traceId) || isEmpty) {
    throw new InvalidValueError(
      'traceId',
      '16 or 32 hexadecimal digits, a traceparent or a b3 header',
      text,
    );
  }
  return { traceId, ...(spanId && { spanId }) };
}
