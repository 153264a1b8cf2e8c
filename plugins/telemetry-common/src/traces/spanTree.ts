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

/** No parent, and one that was not told. */
const NONE = -1;
const MISSING = -2;

/** Cuts circles before the span of each that begins first. */
function cutCircles(spans: readonly Span[], parents: Int32Array): number {
  let cycleCount = 0;
  const seenIn = new Int32Array(spans.length);
  for (let first = 0; first < spans.length; first++) {
    const walk = first + 1;
    let at = first;
    while (at >= 0 && seenIn[at] === 0) {
      seenIn[at] = walk;
      at = parents[at];
    }
    if (at >= 0 && seenIn[at] === walk) {
      let earliest = at;
      for (let next = parents[at]; next !== at; next = parents[next]) {
        if (byBegin(spans[next], spans[earliest]) < 0) {
          earliest = next;
        }
      }
      parents[earliest] = NONE;
      cycleCount += 1;
    }
  }
  return cycleCount;
}

/**
 * Puts spans into their tree. A span whose parent is missing stands beside
 * the root; a circle is cut before the span that begins first. Works on
 * positions, for traces of many thousands of spans.
 *
 * @param spans - with one id each, as `joinSpans` gives them
 * @public
 */
export function spanTree(spans: readonly Span[]): SpanTree {
  const positions = new Map<string, number>();
  spans.forEach(({ id }, position) => positions.set(id, position));
  let orphanCount = 0;
  const parents = Int32Array.from(spans, ({ parentId }) => {
    if (parentId === undefined) {
      return NONE;
    }
    const parent = positions.get(parentId) ?? MISSING;
    orphanCount += parent === MISSING ? 1 : 0;
    return parent;
  });
  const cycleCount = cutCircles(spans, parents);
  const childrenOf: (number[] | undefined)[] = new Array(spans.length);
  const tops: number[] = [];
  parents.forEach((parent, position) => {
    if (parent < 0) {
      tops.push(position);
    } else {
      (childrenOf[parent] ??= []).push(position);
    }
  });
  const earliest = (left: number, right: number) =>
    byBegin(spans[left], spans[right]);
  // A true root comes before what merely lost its parent.
  const isLost = (position: number) =>
    spans[position].parentId === undefined ? 0 : 1;
  tops.sort(
    (left, right) => isLost(left) - isLost(right) || earliest(left, right),
  );
  const nodes: SpanNode[] = [];
  const roots: number[] = [];
  const waiting = tops.reverse();
  /** Where the parent of a span stands in the tree. */
  const above = new Int32Array(spans.length).fill(NONE);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const position = nodes.length;
    const parent = above[next] === NONE ? undefined : above[next];
    const depth = parent === undefined ? 0 : nodes[parent].depth + 1;
    nodes.push({ span: spans[next], parent, children: [], depth });
    if (parent === undefined) {
      roots.push(position);
    } else {
      nodes[parent].children.push(position);
    }
    const children = childrenOf[next]?.sort(earliest) ?? [];
    for (let index = children.length - 1; index >= 0; index--) {
      above[children[index]] = position;
      waiting.push(children[index]);
    }
  }
  return { nodes, roots, orphanCount, cycleCount };
}
