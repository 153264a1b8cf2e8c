import type { Span } from './traces';

/** A span among its relatives. Positions are those of {@link SpanTree.nodes}. @public */
export type SpanNode = {
  span: Span;
  parent: number | undefined;
  /** The earliest first. */
  children: number[];
  depth: number;
};

/** The spans of a trace, parents before their children. @public */
export type SpanTree = {
  nodes: SpanNode[];
  roots: number[];
  /** Spans whose parent was not told. */
  orphanCount: number;
  /** Spans whose ancestors would have been themselves. */
  cycleCount: number;
};

/** When the span is first heard of: the caller's side where it told. */
export function beginOf(span: Span): number | undefined {
  return span.client?.startMilliseconds ?? span.startMilliseconds;
}

function byBegin(left: Span, right: Span): number {
  return (beginOf(left) ?? Infinity) - (beginOf(right) ?? Infinity) || 0;
}

/** The ids whose link to their parent has to be cut for circles to end: of each circle the span that begins first. */
function circleEnds(byId: ReadonlyMap<string, Span>): Set<string> {
  const ends = new Set<string>();
  const state = new Map<string, number>();
  let walk = 0;
  for (const first of byId.keys()) {
    walk += 1;
    let id: string | undefined = first;
    while (id !== undefined && byId.has(id) && !state.has(id)) {
      state.set(id, walk);
      id = byId.get(id)?.parentId;
    }
    if (id !== undefined && state.get(id) === walk) {
      const circle: Span[] = [];
      let at: string | undefined = id;
      do {
        const span = byId.get(at);
        if (!span) {
          break;
        }
        circle.push(span);
        at = span.parentId;
      } while (at !== undefined && at !== id);
      ends.add(circle.sort(byBegin)[0].id);
    }
  }
  return ends;
}

/**
 * Puts spans into their tree. A span whose parent is missing stands beside
 * the root; a circle is cut before the span that begins first.
 *
 * @param spans - with one id each, as `joinSpans` gives them
 * @public
 */
export function spanTree(spans: readonly Span[]): SpanTree {
  const byId = new Map(spans.map(span => [span.id, span]));
  const cut = circleEnds(byId);
  const childrenOf = new Map<string, Span[]>();
  const tops: Span[] = [];
  let orphanCount = 0;
  for (const span of byId.values()) {
    const { parentId } = span;
    if (parentId === undefined || cut.has(span.id) || !byId.has(parentId)) {
      orphanCount += parentId !== undefined && !byId.has(parentId) ? 1 : 0;
      tops.push(span);
      continue;
    }
    const siblings = childrenOf.get(parentId);
    if (siblings) {
      siblings.push(span);
    } else {
      childrenOf.set(parentId, [span]);
    }
  }
  // A true root comes before what merely lost its parent.
  const isLost = (span: Span) => (span.parentId === undefined ? 0 : 1);
  tops.sort(
    (left, right) => isLost(left) - isLost(right) || byBegin(left, right),
  );
  const nodes: SpanNode[] = [];
  const roots: number[] = [];
  const waiting: { span: Span; parent?: number }[] = tops
    .reverse()
    .map(span => ({ span }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { span, parent } = next;
    const position = nodes.length;
    const depth = parent === undefined ? 0 : nodes[parent].depth + 1;
    nodes.push({ span, parent, children: [], depth });
    if (parent === undefined) {
      roots.push(position);
    } else {
      nodes[parent].children.push(position);
    }
    const children = (childrenOf.get(span.id) ?? []).sort(byBegin);
    for (let index = children.length - 1; index >= 0; index--) {
      waiting.push({ span: children[index], parent: position });
    }
  }
  return { nodes, roots, orphanCount, cycleCount: cut.size };
}
