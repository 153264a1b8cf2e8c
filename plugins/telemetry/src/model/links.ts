import type { SpanLogsQuery } from '@orrery/backstage-plugin-orrery-react';
import type { Span } from '@orrery/backstage-plugin-telemetry-common';

/** Time before and after a span in which its lines are looked for. */
const MARGIN_MILLISECONDS = 2_000;

/** `app` and `namespace` of a name such as `app.namespace`. */
export function splitService(
  service: string,
): { app: string; namespace: string } | undefined {
  const dot = service.lastIndexOf('.');
  return dot > 0
    ? { app: service.slice(0, dot), namespace: service.slice(dot + 1) }
    : undefined;
}

function link(
  path: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value) {
      query.set(name, value);
    }
  }
  return `${path}?${query}`;
}

/**
 * What a service wrote while it worked on a span, as a question; undefined
 * for spans that do not tell when they were, and for those not to be seen.
 */
export function logQueryOfSpan(
  cluster: string,
  traceId: string,
  span: Span,
): SpanLogsQuery | undefined {
  const service = splitService(span.service);
  const start = span.startMilliseconds ?? span.client?.startMilliseconds;
  if (!service || span.isHidden || start === undefined) {
    return undefined;
  }
  const end =
    start +
    (span.durationMilliseconds ?? span.client?.durationMilliseconds ?? 0);
  return {
    cluster,
    traceId,
    ...service,
    fromMilliseconds: start - MARGIN_MILLISECONDS,
    toMilliseconds: end + MARGIN_MILLISECONDS,
  };
}

/** The same as a link to the page of logs. */
export function logsOfSpan(
  cluster: string,
  traceId: string,
  span: Span,
): string | undefined {
  const query = logQueryOfSpan(cluster, traceId, span);
  return (
    query &&
    link('/logs', {
      cluster,
      namespaces: query.namespace,
      app: query.app,
      from: new Date(query.fromMilliseconds).toISOString(),
      to: new Date(query.toMilliseconds).toISOString(),
      trace: traceId,
    })
  );
}

/** The service of a span in the mesh, at the time of the trace. */
export function meshOfSpan(
  cluster: string,
  span: Span,
  endMilliseconds: number,
): string | undefined {
  const service = splitService(span.service);
  return service && !span.isHidden
    ? link('/mesh', {
        cluster,
        namespaces: service.namespace,
        graphType: 'app',
        from: new Date(endMilliseconds - 5 * 60_000).toISOString(),
        to: new Date(endMilliseconds).toISOString(),
      })
    : undefined;
}

/** The pod that a proxy of Istio says it belongs to, such as `web-1.shop`. */
export function podOfSpan(span: Span): string | undefined {
  return span.tags.node_id?.split('~')[2];
}
