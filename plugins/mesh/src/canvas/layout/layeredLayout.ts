import type { Point } from '../scene/types';
import { packedLayout } from './packedLayout';
import type { Corners, SizedGraph } from './types';

const GAP = { column: 44, row: 8 };
/** Pictures are about as wide as screens. */
const ASPECT = 1.7;
const SWEEPS = 3;

/**
 * How many calls each node is away from where traffic comes in. By its
 * longest path a mesh becomes a thin ribbon; by its shortest it is about as
 * wide as a screen, and the way in still reads from left to right.
 *
 * @param isLoose - also begin at what calls out far more than it is called:
 *   a box with a gateway in it is a way in, though something inside is called
 */
export function depthsOf(
  count: number,
  edges: SizedGraph['edges'],
  isLoose = false,
): readonly number[] {
  const outward: number[][] = Array.from({ length: count }, () => []);
  const inbound = new Array<number>(count).fill(0);
  for (const [from, to] of edges) {
    outward[from].push(to);
    inbound[to] += 1;
  }
  const depths = new Array<number>(count).fill(-1);
  const spreadFrom = (starts: number[]) => {
    let frontier = starts;
    for (const start of starts) {
      depths[start] = 0;
    }
    for (let depth = 1; frontier.length > 0; depth++) {
      const next: number[] = [];
      for (const node of frontier) {
        for (const to of outward[node]) {
          if (depths[to] < 0) {
            depths[to] = depth;
            next.push(to);
          }
        }
      }
      frontier = next;
    }
  };
  spreadFrom(
    [...inbound.keys()].filter(
      node =>
        outward[node].length > 0 &&
        (inbound[node] === 0 ||
          (isLoose && outward[node].length >= 2 * inbound[node])),
    ),
  );
  // Rings that nothing leads into begin where most calls go out.
  const rest = [...inbound.keys()]
    .filter(node => depths[node] < 0)
    .sort((left, right) => outward[right].length - outward[left].length);
  for (const node of rest) {
    if (depths[node] < 0 && inbound[node] + outward[node].length > 0) {
      spreadFrom([node]);
    }
  }
  return depths;
}

/**
 * Columns by distance from where traffic comes in, ordered so that callers
 * and callees are at about the same height. Cheap enough to be done before
 * the first picture: linear in nodes and edges.
 */
export function layeredLayout({ nodes, edges }: SizedGraph): Corners {
  const depths = depthsOf(nodes.length, edges);
  const linked = [...depths.keys()].filter(node => depths[node] >= 0);
  const lone = nodes.filter((_, node) => depths[node] < 0);
  const columns = orderedColumns(depths, linked, edges);
  const area = linked.reduce(
    (sum, node) =>
      sum + (nodes[node].width + GAP.column) * (nodes[node].height + GAP.row),
    0,
  );
  const tallest = Math.max(
    Math.sqrt(area / ASPECT),
    ...linked.map(node => nodes[node].height),
  );
  const places = new Map<string, Point>();
  let x = 0;
  let bottom = 0;
  for (const column of columns.flatMap(one => split(one, nodes, tallest))) {
    const height = column.reduce(
      (sum, node) => sum + nodes[node].height + GAP.row,
      -GAP.row,
    );
    const width = Math.max(...column.map(node => nodes[node].width));
    let y = Math.max(0, (tallest - height) / 2);
    for (const node of column) {
      const { id, width: own, height: high } = nodes[node];
      places.set(id, { x: x + (width - own) / 2, y });
      y += high + GAP.row;
      bottom = Math.max(bottom, y);
    }
    x += width + GAP.column;
  }
  const top = linked.length > 0 ? bottom + GAP.row : 0;
  const below = packedLayout(lone, { gap: GAP.row, width: x });
  for (const [id, place] of below) {
    places.set(id, { x: place.x, y: place.y + top });
  }
  return places;
}

function orderedColumns(
  depths: readonly number[],
  linked: readonly number[],
  edges: SizedGraph['edges'],
): number[][] {
  const columns: number[][] = [];
  for (const node of linked) {
    (columns[depths[node]] ??= []).push(node);
  }
  const height = new Array<number>(depths.length).fill(0);
  const settle = (column: number[]) =>
    column.forEach((node, row) => {
      height[node] = (row + 0.5) / column.length;
    });
  columns.forEach(settle);
  const neighbours: number[][] = depths.map(() => []);
  for (const [from, to] of edges) {
    neighbours[from].push(to);
    neighbours[to].push(from);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const column of sweep % 2 === 0 ? columns : [...columns].reverse()) {
      const wanted = new Map(
        column.map(node => {
          const heights = neighbours[node].map(other => height[other]);
          const sum = heights.reduce((total, value) => total + value, 0);
          return [node, heights.length > 0 ? sum / heights.length : 0.5];
        }),
      );
      column.sort(
        (left, right) =>
          (wanted.get(left) ?? 0) - (wanted.get(right) ?? 0) || left - right,
      );
      settle(column);
    }
  }
  return columns;
}

/** A column too tall to be seen at once, as several. */
function split(
  column: readonly number[],
  nodes: SizedGraph['nodes'],
  tallest: number,
): number[][] {
  const parts: number[][] = [[]];
  let height = 0;
  for (const node of column) {
    const own = nodes[node].height + GAP.row;
    if (height > 0 && height + own > tallest * 1.15) {
      parts.push([]);
      height = 0;
    }
    parts[parts.length - 1].push(node);
    height += own;
  }
  return parts;
}
