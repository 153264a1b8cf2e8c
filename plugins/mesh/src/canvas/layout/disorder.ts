import type { Point } from '../scene/types';
import type { Corners, SizedGraph } from './types';

/** What a reader has to put up with, against one crossing of lines. */
const WEIGHTS = { backward: 1.5, through: 2, length: 0.6, shape: 0.5 };
/** Screens are about this much wider than high. */
const ASPECT = 1.7;

type Line = { from: Point; to: Point; source: number; target: number };

/**
 * How hard a layout is to read: lines that cross, that lead back to the left,
 * that run over other nodes and that are long, and a shape that does not fit
 * a screen. Only good for comparing layouts of the same graph.
 */
export function disorder(corners: Corners, graph: SizedGraph): number {
  const middles = graph.nodes.map(({ id, width, height }) => {
    const { x, y } = corners.get(id) ?? { x: 0, y: 0 };
    return { x: x + width / 2, y: y + height / 2 };
  });
  const lines = graph.edges.map(
    ([source, target]): Line => ({
      from: middles[source],
      to: middles[target],
      source,
      target,
    }),
  );
  const { width, height } = sizeOf(corners, graph);
  const scale = Math.sqrt(width * height) || 1;
  let score =
    WEIGHTS.shape *
    graph.nodes.length *
    Math.abs(Math.log(width / height / ASPECT));
  for (const [index, line] of lines.entries()) {
    const { from, to } = line;
    score += to.x < from.x ? WEIGHTS.backward : 0;
    score +=
      WEIGHTS.length * (Math.hypot(to.x - from.x, to.y - from.y) / scale);
    score += WEIGHTS.through * nodesUnder(line, middles, graph);
    for (let other = index + 1; other < lines.length; other++) {
      score += cross(line, lines[other]) ? 1 : 0;
    }
  }
  return score;
}

function sizeOf(corners: Corners, { nodes }: SizedGraph) {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { id, width, height } of nodes) {
    const { x, y } = corners.get(id) ?? { x: 0, y: 0 };
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { width: right - left || 1, height: bottom - top || 1 };
}

function nodesUnder(
  { from, to, source, target }: Line,
  middles: readonly Point[],
  { nodes }: SizedGraph,
): number {
  let count = 0;
  for (const [index, { x, y }] of middles.entries()) {
    if (index !== source && index !== target) {
      // The middle half of a node is what nothing should run over.
      const reach = Math.min(nodes[index].width, nodes[index].height) / 4;
      count += distance({ x, y }, from, to) < reach ? 1 : 0;
    }
  }
  return count;
}

function distance(point: Point, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy || 1;
  const along = Math.max(
    0,
    Math.min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / square),
  );
  return Math.hypot(
    point.x - from.x - along * dx,
    point.y - from.y - along * dy,
  );
}

function side(from: Point, to: Point, point: Point): number {
  return (
    (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
  );
}

/** Whether two lines cross; those that share an end only meet. */
function cross(one: Line, two: Line): boolean {
  if (
    one.source === two.source ||
    one.target === two.target ||
    one.source === two.target ||
    one.target === two.source
  ) {
    return false;
  }
  return (
    side(one.from, one.to, two.from) * side(one.from, one.to, two.to) < 0 &&
    side(two.from, two.to, one.from) * side(two.from, two.to, one.to) < 0
  );
}
