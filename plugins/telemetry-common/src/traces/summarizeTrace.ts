import type { AssembledTrace } from './assembleTrace';
import { stretchOfSpan } from './criticalPath';
import { spanTree } from './spanTree';
import type { TraceSummary } from './traces';

/** Tags in which Istio's proxies and OpenTelemetry tell the version of a service. */
const VERSION_TAGS = ['istio.canonical_revision', 'service.version'];

/**
 * What a list shows of a trace.
 *
 * @param service - whose version is wanted
 * @returns undefined when no span says when it was
 * @public
 */
export function summarizeTrace(
  trace: AssembledTrace,
  service?: string,
): TraceSummary | undefined {
  let from = Infinity;
  let to = -Infinity;
  const counts = new Map<string, number>();
  for (const span of trace.spans) {
    const stretch = stretchOfSpan(span);
    if (stretch) {
      from = Math.min(from, stretch.from);
      to = Math.max(to, stretch.to);
    }
    counts.set(span.service, (counts.get(span.service) ?? 0) + 1);
  }
  if (to < from) {
    return undefined;
  }
  const tree = spanTree(trace.spans);
  const root = tree.nodes[tree.roots[0]].span;
  const version = trace.spans
    .filter(span => span.service === service)
    .flatMap(({ tags }) => VERSION_TAGS.map(tag => tags[tag]))
    .find(tag => tag !== undefined);
  return {
    traceId: trace.traceId,
    startMilliseconds: from,
    durationMilliseconds: to - from,
    rootService: root.client?.service ?? root.service,
    rootName: root.name,
    spanCount: trace.spans.length,
    errorCount: trace.spans.filter(({ isError }) => isError).length,
    services: [...counts]
      .sort(
        (left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1),
      )
      .map(([name, spanCount]) => ({ name, spanCount })),
    ...(version !== undefined && { version }),
    problems: trace.problems,
  };
}
