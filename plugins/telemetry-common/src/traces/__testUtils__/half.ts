import type { ZipkinSpan } from '../zipkinSpans';

/** A half of a call, times in milliseconds after an instant. */
export function half(
  kind: 'CLIENT' | 'SERVER',
  service: string,
  id: string,
  [start, duration]: readonly [number, number],
  more: Partial<ZipkinSpan> = {},
): ZipkinSpan {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    id: id.padStart(16, '0'),
    kind,
    name: `/${service}`,
    timestamp: (1_700_000_000_000 + start) * 1000,
    duration: duration * 1000,
    localEndpoint: { serviceName: service },
    ...(kind === 'SERVER' && { shared: true }),
    ...more,
  };
}
