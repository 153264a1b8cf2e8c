import { z } from 'zod';
import type { Span } from './traces';

const endpointSchema = z
  .object({ serviceName: z.string().optional() })
  .nullish();

/**
 * A span as Zipkin's API version 2 tells it
 * (https://zipkin.io/zipkin-api/#/default/get_trace__traceId_). Times are
 * microseconds.
 *
 * @public
 */
export const zipkinSpanSchema = z.object({
  traceId: z.string(),
  id: z.string(),
  parentId: z.string().nullish(),
  kind: z.string().nullish(),
  name: z.string().nullish(),
  timestamp: z.number().nullish(),
  duration: z.number().nullish(),
  localEndpoint: endpointSchema,
  remoteEndpoint: endpointSchema,
  annotations: z
    .array(z.object({ timestamp: z.number(), value: z.string() }))
    .nullish(),
  tags: z.record(z.string(), z.string()).nullish(),
  shared: z.boolean().nullish(),
});

/** @public */
export type ZipkinSpan = z.infer<typeof zipkinSpanSchema>;

const KINDS: Readonly<Record<string, Span['kind']>> = {
  CLIENT: 'client',
  SERVER: 'server',
  PRODUCER: 'producer',
  CONSUMER: 'consumer',
};

function millisecondsOf(
  microseconds: number | null | undefined,
): number | undefined {
  return microseconds === undefined || microseconds === null
    ? undefined
    : microseconds / 1000;
}

/** Ids are as long as Zipkin keeps them, whatever the reporter sent. */
function idOf(text: string): string {
  return text.toLocaleLowerCase('en-US').padStart(16, '0');
}

/**
 * Whether tags tell of a failure: Zipkin's own tag `error` unless it is
 * `false`, an HTTP status of 500 or above, or a gRPC status that is not 0.
 */
function isFailure(tags: Readonly<Record<string, string>>): boolean {
  if (tags.error !== undefined) {
    return tags.error !== 'false';
  }
  const grpc = tags['grpc.status_code'] ?? tags['grpc.status'] ?? '0';
  return (
    Number(tags['http.status_code']) >= 500 ||
    (grpc !== '0' && grpc.toLocaleUpperCase('en-US') !== 'OK')
  );
}

/** Reads a half of a call, or a whole one, as one reporter told it. @public */
export function readZipkinSpan(span: ZipkinSpan): Span {
  const tags = span.tags ?? {};
  const remote = span.remoteEndpoint?.serviceName;
  return {
    id: idOf(span.id),
    ...(span.parentId && { parentId: idOf(span.parentId) }),
    service: span.localEndpoint?.serviceName || 'unknown',
    name: span.name || 'unknown',
    kind: KINDS[span.kind ?? ''] ?? 'internal',
    startMilliseconds: millisecondsOf(span.timestamp),
    durationMilliseconds: millisecondsOf(span.duration),
    isError: isFailure(tags),
    tags,
    events: (span.annotations ?? [])
      .map(({ timestamp, value }) => ({
        atMilliseconds: timestamp / 1000,
        text: value,
      }))
      .sort((left, right) => left.atMilliseconds - right.atMilliseconds),
    ...(remote && { remoteService: remote }),
  };
}
