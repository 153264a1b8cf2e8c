import { criticalPath, stretchOfSpan, type Stretch } from './criticalPath';
import { spanTree } from './spanTree';
import type { Span } from './traces';

/** A row of a waterfall. Offsets are milliseconds since the trace began. @public */
export type WaterfallRow = {
  span: Span;
  depth: number;
  childCount: number;
  /** Rows below this one that belong to it. */
  descendantCount: number;
  offsetMilliseconds: number | undefined;
  durationMilliseconds: number | undefined;
  /** The callee's part, where both sides told of the call. */
  served?: { offsetMilliseconds: number; durationMilliseconds: number };
  selfMilliseconds: number | undefined;
  /** Stretches during which the trace waited for it. */
  critical: Stretch[];
};

/** A trace as rows. @public */
export type Waterfall = {
  rows: WaterfallRow[];
  startMilliseconds: number;
  durationMilliseconds: number;
};

/**
 * Lays out a trace.
 *
 * @param spans - joined and corrected
 * @public
 */
export function waterfallRows(spans: readonly Span[]): Waterfall {
  const tree = spanTree(spans);
  const path = criticalPath(tree);
  const stretches = tree.nodes.map(({ span }) => stretchOfSpan(span));
  let start = Infinity;
  let end = -Infinity;
  for (const stretch of stretches) {
    if (stretch) {
      start = Math.min(start, stretch.from);
      end = Math.max(end, stretch.to);
    }
  }
  const known = end >= start;
  const descendants = tree.nodes.map(() => 0);
  for (let position = tree.nodes.length - 1; position >= 0; position--) {
    const { parent } = tree.nodes[position];
    if (parent !== undefined) {
      descendants[parent] += descendants[position] + 1;
    }
  }
  const rows = tree.nodes.map(({ span, depth, children }, position) => {
    const stretch = stretches[position];
    const { startMilliseconds: served } = span;
    return {
      span,
      depth,
      childCount: children.length,
      descendantCount: descendants[position],
      offsetMilliseconds: stretch && stretch.from - start,
      durationMilliseconds: stretch && stretch.to - stretch.from,
      ...(span.client &&
        served !== undefined && {
          served: {
            offsetMilliseconds: served - start,
            durationMilliseconds: span.durationMilliseconds ?? 0,
          },
        }),
      selfMilliseconds: path.selfMilliseconds[position],
      critical: (path.critical.get(position) ?? []).map(({ from, to }) => ({
        from: from - start,
        to: to - start,
      })),
    };
  });
  return {
    rows,
    startMilliseconds: known ? start : 0,
    durationMilliseconds: known ? end - start : 0,
  };
}

/** Positions of the rows that are in sight when some are closed. @public */
export function visibleRows(
  rows: readonly WaterfallRow[],
  closed: ReadonlySet<string>,
): number[] {
  const visible: number[] = [];
  for (let position = 0; position < rows.length; position++) {
    visible.push(position);
    const { span, descendantCount } = rows[position];
    if (closed.has(span.id)) {
      position += descendantCount;
    }
  }
  return visible;
}
