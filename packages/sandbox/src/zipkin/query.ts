import type { Span } from './span';

/** What traces are asked for. */
export interface TraceQuery {
  serviceName?: string;
  spanName?: string;
  remoteServiceName?: string;
  /** Tags with their values, or keys alone. */
  tags: ReadonlyMap<string, string>;
  /** Microseconds. */
  minDuration?: number;
  maxDuration?: number;
  /** Milliseconds since the Unix epoch. */
  endTs: number;
  /** Milliseconds. */
  lookback: number;
  limit: number;
}

/** What is wrong with a query, in words; answered as 400. */
export class QueryError extends Error {}

const DEFAULT_LIMIT = 10;
/** Milliseconds that are looked through unless a query says otherwise. */
export const DEFAULT_LOOKBACK = 86_400_000;

function positive(
  query: URLSearchParams,
  name: string,
  standard: number,
): number;
function positive(query: URLSearchParams, name: string): number | undefined;
function positive(
  query: URLSearchParams,
  name: string,
  standard?: number,
): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return standard;
  const value = Number(text);
  if (!Number.isInteger(value)) {
    throw new QueryError(`For input string: "${text}"`);
  }
  if (value <= 0) throw new QueryError(`${name} <= 0`);
  return value;
}

/** A name as Zipkin keeps it; `all` and nothing mean any. */
function named(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name)?.toLowerCase();
  return text === undefined || text === '' || text === 'all' ? undefined : text;
}

function tagsOf(text: string | null): Map<string, string> {
  const tags = new Map<string, string>();
  for (const part of (text ?? '').split(' and ')) {
    const [key, ...value] = part.trim().split('=');
    if (key !== '') tags.set(key.trim(), value.join('=').trim());
  }
  return tags;
}

/**
 * Reads the parameters of `/api/v2/traces`.
 *
 * @throws QueryError
 */
export function readQuery(query: URLSearchParams, now: number): TraceQuery {
  const minDuration = positive(query, 'minDuration');
  const maxDuration = positive(query, 'maxDuration');
  if (maxDuration !== undefined && minDuration === undefined) {
    throw new QueryError('maxDuration is only valid with minDuration');
  }
  if (
    minDuration !== undefined &&
    maxDuration !== undefined &&
    maxDuration < minDuration
  ) {
    throw new QueryError('maxDuration < minDuration');
  }
  return {
    serviceName: named(query, 'serviceName'),
    spanName: named(query, 'spanName'),
    remoteServiceName: named(query, 'remoteServiceName'),
    tags: tagsOf(query.get('annotationQuery')),
    minDuration,
    maxDuration,
    endTs: positive(query, 'endTs', now),
    lookback: positive(query, 'lookback', DEFAULT_LOOKBACK),
    limit: positive(query, 'limit', DEFAULT_LIMIT),
  };
}

/** Whether a trace fulfils a query: each wish by any span of the service asked about. */
export function matches(trace: readonly Span[], query: TraceQuery): boolean {
  const spans =
    query.serviceName === undefined
      ? trace
      : trace.filter(
          ({ localEndpoint }) =>
            localEndpoint.serviceName === query.serviceName,
        );
  if (spans.length === 0) return false;
  const { spanName, remoteServiceName, minDuration, maxDuration } = query;
  const has = (test: (span: Span) => boolean) => spans.some(test);
  return (
    (spanName === undefined || has(({ name }) => name === spanName)) &&
    (remoteServiceName === undefined ||
      has(
        ({ remoteEndpoint }) =>
          remoteEndpoint?.serviceName === remoteServiceName,
      )) &&
    (minDuration === undefined ||
      has(
        ({ duration }) =>
          duration >= minDuration && duration <= (maxDuration ?? Infinity),
      )) &&
    [...query.tags].every(([key, value]) =>
      has(({ tags }) =>
        value === '' ? tags[key] !== undefined : tags[key] === value,
      ),
    )
  );
}
