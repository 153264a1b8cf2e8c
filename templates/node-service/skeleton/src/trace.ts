import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * The context of the request being served. The mesh's proxies make and report
 * the spans: what came in goes out unchanged, so that the next span hangs below
 * the one that called us.
 */
export interface Trace {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  sampled: boolean;
  /** The vendors' part of the W3C context, passed on as it came. */
  state?: string;
}

const storage = new AsyncLocalStorage<Trace>();

const W3C = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const B3 = /^([0-9a-f]{16}|[0-9a-f]{32})-([0-9a-f]{16})(?:-([01d]))?(?:-[0-9a-f]{16})?$/;

const isId = (id: string, digits: number) =>
  id.length === digits && /^[0-9a-f]+$/.test(id) && !/^0+$/.test(id);

function valid(trace: Trace): Trace | undefined {
  const usable = isId(trace.traceId, 32) && isId(trace.spanId, 16);
  return usable ? trace : undefined;
}

const first = (value: string | string[] | undefined) =>
  (Array.isArray(value) ? value[0] : value) ?? '';

function fromW3c(headers: IncomingHttpHeaders): Trace | undefined {
  const match = W3C.exec(first(headers.traceparent));
  if (!match) {
    return undefined;
  }
  const [, traceId = '', spanId = '', flags = ''] = match;
  const sampled = (Number.parseInt(flags, 16) & 1) === 1;
  const state = first(headers.tracestate) || undefined;
  return valid({ traceId, spanId, sampled, state });
}

function fromB3(headers: IncomingHttpHeaders): Trace | undefined {
  const match = B3.exec(first(headers.b3).toLowerCase());
  const [traceId = '', spanId = '', sampled] = match
    ? match.slice(1)
    : [
        first(headers['x-b3-traceid']).toLowerCase(),
        first(headers['x-b3-spanid']).toLowerCase(),
        first(headers['x-b3-sampled']),
      ];
  return valid({
    traceId: traceId.padStart(32, '0'),
    spanId,
    sampled: sampled !== '0',
  });
}

/**
 * Reads W3C's `traceparent`, else B3 in one header, else B3 in several; a
 * request without any starts a trace.
 */
export function traceFrom(headers: IncomingHttpHeaders): Trace {
  return (
    fromW3c(headers) ??
    fromB3(headers) ?? {
      traceId: randomBytes(16).toString('hex'),
      spanId: randomBytes(8).toString('hex'),
      sampled: true,
    }
  );
}

/** The headers that carry a trace, in both languages. */
export function traceHeaders(trace: Trace): Record<string, string> {
  const { traceId, spanId, sampled, state } = trace;
  return {
    traceparent: `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`,
    ...(state ? { tracestate: state } : {}),
    'x-b3-traceid': traceId,
    'x-b3-spanid': spanId,
    'x-b3-sampled': sampled ? '1' : '0',
  };
}

/** Runs something, and all it awaits, as part of a trace. */
export function withTrace<T>(trace: Trace, run: () => T): T {
  return storage.run(trace, run);
}

/** The trace that runs now. */
export function currentTrace(): Trace | undefined {
  return storage.getStore();
}

/** `fetch` that passes the current trace on. */
export function tracedFetch(
  url: string | URL,
  init: RequestInit = {},
): Promise<Response> {
  const trace = currentTrace();
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(trace ? traceHeaders(trace) : {})) {
    headers.set(name, value);
  }
  return fetch(url, { ...init, headers });
}
