import { beginOf, type SpanTree } from './spanTree';
import type { Span } from './traces';

/** A stretch of time of a span, in milliseconds since the Unix epoch. @public */
export type Stretch = { from: number; to: number };

/**
 * What the end of a trace waited for, and what each span did by itself. Both
 * by position in the tree.
 *
 * @public
 */
export type TracePath = {
  /** Stretches during which the span kept the trace waiting; the latest first. */
  critical: ReadonlyMap<number, Stretch[]>;
  /** Time of the span that none of its children covers, in milliseconds. */
  selfMilliseconds: (number | undefined)[];
};

/** When a span begins and ends, both sides of it; undefined where that is not told. */
export function stretchOfSpan(span: Span): Stretch | undefined {
  const from = beginOf(span);
  if (from === undefined) {
    return undefined;
  }
  const ends = [
    [span.startMilliseconds, span.durationMilliseconds],
    [span.client?.startMilliseconds, span.client?.durationMilliseconds],
  ].map(([start, duration]) =>
    start === undefined ? from : start + (duration ?? 0),
  );
  return { from, to: Math.max(from, ...ends) };
}

function selfTime(own: Stretch, children: readonly Stretch[]): number {
  let covered = 0;
  let end = own.from;
  for (const child of children) {
    const from = Math.max(child.from, end);
    const to = Math.min(child.to, own.to);
    if (to > from) {
      covered += to - from;
    }
    end = Math.max(end, Math.min(child.to, own.to));
  }
  return Math.max(0, own.to - own.from - covered);
}

/**
 * Walks back from the end of the first root: of the children that ended
 * before a moment, the last to end is what was waited for; the time between
 * is the span's own (as in CRISP, Zhang et al., USENIX ATC 2022).
 *
 * @public
 */
export function criticalPath({ nodes, roots }: SpanTree): TracePath {
  const stretches = nodes.map(({ span }) => stretchOfSpan(span));
  const childrenOf = (position: number) =>
    nodes[position].children.flatMap(child => {
      const stretch = stretches[child];
      return stretch ? [{ child, ...stretch }] : [];
    });
  const selfMilliseconds = stretches.map((stretch, position) =>
    stretch === undefined
      ? undefined
      : selfTime(
          stretch,
          childrenOf(position).sort((left, right) => left.from - right.from),
        ),
  );
  const critical = new Map<number, Stretch[]>();
  const note = (position: number, from: number, to: number) => {
    if (to > from) {
      critical.set(position, [...(critical.get(position) ?? []), { from, to }]);
    }
  };
  const root = roots[0];
  const whole = root === undefined ? undefined : stretches[root];
  if (!whole) {
    return { critical, selfMilliseconds };
  }
  const open = (position: number, from: number, until: number) => ({
    position,
    from,
    until,
    // The one that ends last is looked at first.
    left: childrenOf(position).sort((one, other) => one.to - other.to),
  });
  const stack = [open(root, whole.from, whole.to)];
  while (stack.length > 0) {
    const frame = stack[stack.length - 1];
    const next = frame.left.pop();
    if (!next) {
      note(frame.position, frame.from, frame.until);
      stack.pop();
      continue;
    }
    const from = Math.max(next.from, frame.from);
    const to = Math.min(next.to, frame.until);
    if (to > from) {
      note(frame.position, to, frame.until);
      frame.until = from;
      stack.push(open(next.child, from, to));
    }
  }
  return { critical, selfMilliseconds };
}
