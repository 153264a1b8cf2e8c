import type { Point, Rectangle } from '../scene/types';
import type { LayeredLayout, Layout, LayoutGroup, LayoutInput } from './types';

/** Room that one mark takes with its label. */
export const CELL = { width: 128, height: 92 };
const PADDING = { side: 18, top: 38, bottom: 14 };
/** Above this many marks a layered layout of one group costs seconds. */
const LAYERED_LIMIT = 400;
/** Above this many groups layers become columns too tall to see: they are packed. */
const LAYERED_GROUPS = 16;

type GroupLayout = {
  places: ReadonlyMap<string, Point>;
  width: number;
  height: number;
};

/** Rows of equal length, filled in order. */
function gridLayout(group: LayoutGroup): GroupLayout {
  const columns = Math.ceil(Math.sqrt(group.marks.length * 1.6));
  const rows = Math.ceil(group.marks.length / columns);
  return {
    places: new Map(
      group.marks.map((id, index) => [
        id,
        {
          x: (index % columns) * CELL.width,
          y: Math.floor(index / columns) * CELL.height,
        },
      ]),
    ),
    width: columns * CELL.width,
    height: rows * CELL.height,
  };
}

async function groupLayout(
  group: LayoutGroup,
  layered: LayeredLayout,
): Promise<GroupLayout> {
  if (group.marks.length === 1) {
    return { places: new Map([[group.marks[0], { x: 0, y: 0 }]]), ...CELL };
  }
  if (group.marks.length > LAYERED_LIMIT || group.edges.length === 0) {
    return gridLayout(group);
  }
  return layered({
    nodes: group.marks.map(id => ({ id, ...CELL })),
    edges: group.edges,
    spacing: { node: 6, layer: 44 },
  });
}

/** Shelves of boxes, in order, about as wide as they are high. */
function packLayout(
  boxes: readonly { id: string; width: number; height: number }[],
): Map<string, Point> {
  const gap = 48;
  const area = boxes.reduce(
    (sum, box) => sum + (box.width + gap) * (box.height + gap),
    0,
  );
  const rowWidth = Math.sqrt(area * 1.7);
  const places = new Map<string, Point>();
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  for (const box of boxes) {
    if (x > 0 && x + box.width > rowWidth) {
      x = 0;
      y += rowHeight + gap;
      rowHeight = 0;
    }
    places.set(box.id, { x, y });
    x += box.width + gap;
    rowHeight = Math.max(rowHeight, box.height);
  }
  return places;
}

/**
 * Edges that lead one step away from where traffic comes in. Laid out by its
 * longest path, a mesh becomes a thin ribbon; by its shortest it is about as
 * wide as a screen, and the way in still reads from left to right.
 */
export function shortestPathEdges(
  ids: readonly string[],
  edges: LayoutInput['edges'],
): LayoutInput['edges'] {
  const targets = new Set(edges.map(([, to]) => to));
  const depths = new Map<string, number>();
  let frontier = ids.filter(id => !targets.has(id));
  for (let depth = 0; frontier.length > 0; depth++) {
    for (const id of frontier) {
      depths.set(id, depth);
    }
    const reached = new Set(frontier);
    frontier = [
      ...new Set(
        edges
          .filter(([from, to]) => reached.has(from) && !depths.has(to))
          .map(([, to]) => to),
      ),
    ];
  }
  return edges.filter(([from, to]) => {
    const start = depths.get(from);
    // Groups that only call each other are reached from nowhere: keep theirs.
    return start === undefined || depths.get(to) === start + 1;
  });
}

function outerSize(group: LayoutGroup, inner: GroupLayout) {
  return group.isBox
    ? {
        width: inner.width + 2 * PADDING.side,
        height: inner.height + PADDING.top + PADDING.bottom,
      }
    : { width: inner.width, height: inner.height };
}

/**
 * Lays out each group, then the groups: two small problems instead of one
 * large one.
 */
export async function computeLayout(
  input: LayoutInput,
  layered: LayeredLayout,
  revision: number,
): Promise<Layout> {
  const inner = await Promise.all(
    input.groups.map(group => groupLayout(group, layered)),
  );
  const outer = input.groups.map((group, index) => ({
    id: group.id,
    ...outerSize(group, inner[index]),
  }));
  const places =
    outer.length > LAYERED_GROUPS
      ? packLayout(outer)
      : (
          await layered({
            nodes: outer,
            edges: shortestPathEdges(
              outer.map(({ id }) => id),
              input.edges,
            ),
            spacing: { node: 36, layer: 84 },
          })
        ).places;
  const marks = new Map<string, Point>();
  const boxes = new Map<string, Rectangle>();
  for (const [index, group] of input.groups.entries()) {
    const place = places.get(group.id) ?? { x: 0, y: 0 };
    const { width, height } = outer[index];
    if (group.isBox) {
      boxes.set(group.id, { ...place, width, height });
    }
    for (const [id, at] of inner[index].places) {
      marks.set(id, {
        x: place.x + at.x + CELL.width / 2 + (group.isBox ? PADDING.side : 0),
        // The label hangs below the mark.
        y: place.y + at.y + 30 + (group.isBox ? PADDING.top : 0),
      });
    }
  }
  return { marks, boxes, revision };
}
