import type { AssembledTrace } from './assembleTrace';
import type { Span } from './traces';

/** What a store may not be able to ask for. @public */
export type TraceFilter = {
  /** `app.namespace` of the service that was asked about. */
  service: string;
  /** The callee of an edge. */
  remoteService?: string;
  version?: string;
  errorsOnly: boolean;
};

const VERSION_TAGS = ['istio.canonical_revision', 'service.version'];

function isOfVersion(span: Span, { service, version }: TraceFilter): boolean {
  return (
    version === undefined ||
    (span.service === service &&
      VERSION_TAGS.some(tag => span.tags[tag] === version))
  );
}

/** Whether a span is the call that an edge stands for, as either side told it. */
function isOnEdge(span: Span, from: string, to: string): boolean {
  return span.client
    ? span.client.service === from && span.service === to
    : (span.kind === 'client' &&
        span.service === from &&
        span.remoteService === to) ||
        (span.kind === 'server' &&
          span.service === to &&
          span.remoteService === from);
}

/**
 * Whether a trace is what was asked for, by its joined spans: a store knows
 * single reports, but an edge is a matter of both sides. The version is the
 * service's own; of an edge, the callee's.
 *
 * @public
 */
export function matchesTrace(
  { spans }: AssembledTrace,
  filter: TraceFilter,
): boolean {
  const { service, remoteService, errorsOnly } = filter;
  const ofEdge = remoteService
    ? spans.filter(span => isOnEdge(span, service, remoteService))
    : spans.filter(
        span => span.service === service || span.client?.service === service,
      );
  const subject = { ...filter, service: remoteService ?? service };
  return ofEdge.some(
    span => isOfVersion(span, subject) && (!errorsOnly || span.isError),
  );
}
