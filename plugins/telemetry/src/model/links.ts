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

/** Lines that the service of a span wrote for its trace, around its time. */
export function logsOfSpan(
  cluster: string,
  traceId: string,
  span: Span,
): string | undefined {
  const service = splitService(span.service);
  const start = span.startMilliseconds ?? span.client?.startMilliseconds;
  if (!service || span.isHidden || start === undefined) {
    return undefined;
  }
  const end =
    start +
    (span.durationMilliseconds ?? span.client?.durationMilliseconds ?? 0);
  return link('/logs', {
    cluster,
    namespaces: service.namespace,
    app: service.app,
    from: new Date(start - MARGIN_MILLISECONDS).toISOString(),
    to: new Date(end + MARGIN_MILLISECONDS).toISOString(),
    trace: traceId,
  });
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
