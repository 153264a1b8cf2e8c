import type {
  Span,
  TraceSummary,
} from '@orrery/backstage-plugin-telemetry-common';
import type { TelemetryApi } from '../api';

export const EPOCH = Date.UTC(2026, 10, 26, 12);

/** A span, times in milliseconds after {@link EPOCH}. */
export function span(
  id: string,
  service: string,
  [start, duration]: readonly [number, number],
  more: Partial<Span> = {},
): Span {
  return {
    id,
    service,
    name: `GET /${service}`,
    kind: 'server',
    startMilliseconds: EPOCH + start,
    durationMilliseconds: duration,
    isError: false,
    tags: {},
    events: [],
    ...more,
  };
}

/** A trace in a list. */
export function summary(
  traceId: string,
  more: Partial<TraceSummary> = {},
): TraceSummary {
  return {
    traceId,
    startMilliseconds: EPOCH,
    durationMilliseconds: 20,
    rootService: 'web.shop',
    rootName: 'GET /',
    spanCount: 3,
    errorCount: 0,
    services: [{ name: 'web.shop', spanCount: 3 }],
    problems: [],
    ...more,
  };
}

export const PROVENANCE = {
  sources: [{ name: 'zipkin', state: 'ok' as const }],
  warnings: [],
};

/** An API that answers what a test gives it. */
export function telemetryApi(parts: Partial<TelemetryApi>): TelemetryApi {
  const missing = () => Promise.reject(new Error('The test gives no answer'));
  return new Proxy(parts as TelemetryApi, {
    get: (target, name) => Reflect.get(target, name) ?? missing,
  });
}
