import type { AssembledTrace } from './assembleTrace';
import type { Span } from './traces';

/** What stands for the name of a service that the reader may not see. @public */
export const HIDDEN_SERVICE = 'hidden';

/** Tags that name the other side of a call. */
const NAMES_OTHER =
  /^(upstream_cluster|downstream_cluster|http\.(url|host|path|target)|url\.|peer\.|net\.|server\.|client\.|guid:|db\.|messaging\.|rpc\.)/;

function withoutOther(
  tags: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).filter(([name]) => !NAMES_OTHER.test(name)),
  );
}

function hideSpan(span: Span, isSeen: (service: string) => boolean): Span {
  const { client, remoteService } = span;
  const isOtherSeen = remoteService === undefined || isSeen(remoteService);
  if (isSeen(span.service)) {
    const hiddenClient = client !== undefined && !isSeen(client.service);
    if (!hiddenClient && isOtherSeen) {
      return span;
    }
    return {
      ...span,
      tags: withoutOther(span.tags),
      remoteService: HIDDEN_SERVICE,
      ...(client && {
        client: hiddenClient
          ? { ...client, service: HIDDEN_SERVICE, tags: {} }
          : { ...client, tags: withoutOther(client.tags) },
      }),
    };
  }
  const isCallerSeen = client !== undefined && isSeen(client.service);
  return {
    ...span,
    service: HIDDEN_SERVICE,
    name: HIDDEN_SERVICE,
    tags: {},
    events: [],
    isHidden: true,
    remoteService: isCallerSeen && isOtherSeen ? remoteService : undefined,
    ...(client && {
      client: {
        ...client,
        service: isCallerSeen ? client.service : HIDDEN_SERVICE,
        tags: {},
      },
    }),
  };
}

/** Services that a trace names. @public */
export function servicesOfTrace({ spans }: AssembledTrace): Set<string> {
  const names = new Set<string>();
  for (const { service, remoteService, client } of spans) {
    for (const name of [service, remoteService, client?.service]) {
      if (name !== undefined) {
        names.add(name);
      }
    }
  }
  return names;
}

/**
 * A trace without the names, tags and events of services that the reader may
 * not see. When and how long stays: what is missing would be a lie.
 *
 * @public
 */
export function hideSpans(
  trace: AssembledTrace,
  isSeen: (service: string) => boolean,
): AssembledTrace {
  const spans = trace.spans.map(span => hideSpan(span, isSeen));
  const spanCount = spans.filter(({ isHidden }) => isHidden).length;
  return {
    ...trace,
    spans,
    problems:
      spanCount > 0
        ? [...trace.problems, { kind: 'hidden', spanCount }]
        : trace.problems,
  };
}
