import type { Span } from './traces';

/** Spans with one id each, and how many were told more than once. @public */
export type JoinedSpans = { spans: Span[]; duplicateCount: number };

/** Two reports of the same half: the longer one is the later and fuller. */
function mergeReports(left: Span, right: Span): Span {
  const isLonger =
    (right.durationMilliseconds ?? -1) > (left.durationMilliseconds ?? -1);
  const [full, other] = isLonger ? [right, left] : [left, right];
  const texts = new Set(
    full.events.map(({ atMilliseconds, text }) => `${atMilliseconds} ${text}`),
  );
  return {
    ...full,
    parentId: full.parentId ?? other.parentId,
    startMilliseconds: full.startMilliseconds ?? other.startMilliseconds,
    durationMilliseconds:
      full.durationMilliseconds ?? other.durationMilliseconds,
    remoteService: full.remoteService ?? other.remoteService,
    isError: full.isError || other.isError,
    tags: { ...other.tags, ...full.tags },
    events: [
      ...full.events,
      ...other.events.filter(
        ({ atMilliseconds, text }) => !texts.has(`${atMilliseconds} ${text}`),
      ),
    ],
  };
}

function joinHalves(client: Span, server: Span): Span {
  const tags = Object.fromEntries(
    Object.entries(client.tags).filter(
      ([name, value]) => server.tags[name] !== value,
    ),
  );
  return {
    ...server,
    parentId: client.parentId ?? server.parentId,
    isError: server.isError || client.isError,
    events: [...client.events, ...server.events].sort(
      (left, right) => left.atMilliseconds - right.atMilliseconds,
    ),
    remoteService: client.service,
    client: {
      service: client.service,
      startMilliseconds: client.startMilliseconds,
      durationMilliseconds: client.durationMilliseconds,
      tags,
    },
  };
}

/**
 * Makes one span of the two halves of a call that share an id, as B3 has it,
 * and one of what was reported twice. Further callees under the same id, as
 * retries and mirroring make them, get ids of their own.
 *
 * @param reports - as each reporter told them
 * @public
 */
export function joinSpans(reports: readonly Span[]): JoinedSpans {
  const byId = new Map<string, Map<string, Span>>();
  let duplicateCount = 0;
  for (const report of reports) {
    const halves = byId.get(report.id) ?? new Map<string, Span>();
    byId.set(report.id, halves);
    const key = `${report.kind} ${report.service}`;
    const present = halves.get(key);
    duplicateCount += present ? 1 : 0;
    halves.set(key, present ? mergeReports(present, report) : report);
  }
  const spans: Span[] = [];
  for (const [id, halves] of byId) {
    const all = [...halves.values()];
    const client = all.find(({ kind }) => kind === 'client');
    const server = all.find(({ kind }) => kind === 'server');
    const isPair = client !== undefined && server !== undefined;
    const first = isPair ? joinHalves(client, server) : all[0];
    spans.push(first);
    all
      .filter(half => half !== first && !(isPair && half === client))
      .filter(half => !(isPair && half === server))
      .forEach((half, index) =>
        spans.push({
          ...half,
          id: `${id}.${index + 2}`,
          parentId: half.parentId ?? first.parentId,
        }),
      );
  }
  return { spans, duplicateCount };
}
