import { correctClocks } from './correctClocks';
import { joinSpans } from './joinSpans';
import { beginOf, spanTree } from './spanTree';
import type { Span, TraceProblem, TraceProblemKind } from './traces';

/** A trace put together from what its reporters told. @public */
export type AssembledTrace = {
  traceId: string;
  /** Parents before their children. */
  spans: Span[];
  problems: TraceProblem[];
};

/**
 * Joins halves, corrects clocks and says what is wrong with a trace.
 *
 * @param reports - of one trace, as a store has them
 * @public
 */
export function assembleTrace(
  traceId: string,
  reports: readonly Span[],
): AssembledTrace {
  const joined = joinSpans(reports);
  const { spans, movedCount } = correctClocks(joined.spans);
  const tree = spanTree(spans);
  const untimed = spans.filter(
    span =>
      beginOf(span) === undefined ||
      (span.durationMilliseconds ?? span.client?.durationMilliseconds) ===
        undefined,
  );
  const trueRoots = spans.filter(({ parentId }) => parentId === undefined);
  const counts: [TraceProblemKind, number][] = [
    ['missing-parents', tree.orphanCount],
    ['cycles', tree.cycleCount],
    ['duplicates', joined.duplicateCount],
    ['clock-skew', movedCount],
    ['untimed', untimed.length],
    ['several-roots', trueRoots.length > 1 ? trueRoots.length : 0],
  ];
  return {
    traceId,
    spans,
    problems: counts
      .filter(([, spanCount]) => spanCount > 0)
      .map(([kind, spanCount]) => ({ kind, spanCount })),
  };
}
