import type { Point, Rectangle } from '../scene/types';
import { closeGroup, MARK_EXTENTS, moved } from './extents';
import { keepGroup } from './keepGroup';
import { depthsOf, layeredLayout } from './layeredLayout';
import { packedLayout } from './packedLayout';
import {
  ROOT,
  type Arrangement,
  type Corners,
  type GroupLayout,
  type Layout,
  type LayoutGroup,
  type SizedGraph,
} from './types';

/** Above this many children a layered layout costs seconds, wherever it is done. */
const LAYERED_LIMIT = 500;
/** Layers of so many boxes of different sizes leave more gaps than they explain. */
const LAYERED_BOXES = 16;
const BOX_GAP = 44;

/** A group that a better layout could be found for, and under which key to keep it. */
export type Refinable = { group: string; key: string; graph: SizedGraph };

/** What an arrangement builds on. */
export type ArrangeOptions = {
  /** The arrangement that is on the screen. */
  old?: Arrangement;
  /** Better layouts found before, by structure. */
  refined: ReadonlyMap<string, Corners>;
  /** Places that the viewer chose, in the coordinates of the group they are in. */
  pins: ReadonlyMap<string, Point>;
};

/** Places for everything, the innermost boxes first, and what could be done better. */
export function arrange(
  input: LayoutGroup,
  options: ArrangeOptions,
): { arrangement: Arrangement; refinable: readonly Refinable[] } {
  const arrangement = new Map<string, GroupLayout>();
  const refinable: Refinable[] = [];
  const visit = (group: LayoutGroup): Rectangle => {
    const extents = new Map<string, Rectangle>();
    const pinned = new Map<string, Point>();
    for (const child of group.children) {
      extents.set(
        child.id,
        child.kind === 'group' ? visit(child) : MARK_EXTENTS[child.kind],
      );
      const pin = options.pins.get(child.id);
      if (pin && child.kind !== 'group') {
        pinned.set(child.id, pin);
      }
    }
    const old = options.old?.get(group.id);
    const layout =
      (old && keepGroup(group, extents, old, pinned)) ??
      freshGroup(group, extents, pinned, options.refined, refinable);
    arrangement.set(group.id, layout);
    return layout.extent;
  };
  visit(input);
  return { arrangement, refinable };
}

function freshGroup(
  group: LayoutGroup,
  extents: ReadonlyMap<string, Rectangle>,
  pinned: ReadonlyMap<string, Point>,
  refined: ReadonlyMap<string, Corners>,
  refinable: Refinable[],
): GroupLayout {
  const nodes = group.children.map(({ id }) => {
    const { width, height } = extents.get(id) ?? MARK_EXTENTS.node;
    return { id, width: Math.ceil(width), height: Math.ceil(height) };
  });
  const graph: SizedGraph = { nodes, edges: group.edges };
  const corners = cornersOf(group, graph, refined, refinable);
  const places = new Map<string, Point>();
  for (const { id } of group.children) {
    const extent = extents.get(id) ?? MARK_EXTENTS.node;
    const corner = corners.get(id) ?? { x: 0, y: 0 };
    places.set(
      id,
      pinned.get(id) ?? { x: corner.x - extent.x, y: corner.y - extent.y },
    );
  }
  return closeGroup(places, extents, group.id !== ROOT);
}

function cornersOf(
  group: LayoutGroup,
  graph: SizedGraph,
  refined: ReadonlyMap<string, Corners>,
  refinable: Refinable[],
): Corners {
  const { nodes, edges } = graph;
  const hasBoxes = group.children.some(({ kind }) => kind === 'group');
  if (hasBoxes && nodes.length > LAYERED_BOXES) {
    const depths = depthsOf(nodes.length, edges, true);
    const inOrder = [...nodes.keys()].sort(
      (left, right) => depths[left] - depths[right] || left - right,
    );
    return packedLayout(
      inOrder.map(index => nodes[index]),
      { gap: BOX_GAP },
    );
  }
  // Namespaces call each other in circles: only what leads onward is laid out.
  const isMeta = hasBoxes && !group.id.includes('/');
  const onward = isMeta ? { nodes, edges: onwardEdges(graph) } : graph;
  // Closed boxes call each other in all directions: layers would be one long row.
  const isDense = edges.length > 3 * nodes.length;
  if (edges.length > 0 && !isDense && nodes.length <= LAYERED_LIMIT) {
    const key = JSON.stringify(onward);
    const known = refined.get(key);
    if (known) {
      return known;
    }
    refinable.push({ group: group.id, key, graph: onward });
  }
  return layeredLayout(onward);
}

/** Edges that lead one call further from where traffic comes in. */
function onwardEdges({ nodes, edges }: SizedGraph): SizedGraph['edges'] {
  const depths = depthsOf(nodes.length, edges, true);
  return edges.filter(([from, to]) => depths[to] === depths[from] + 1);
}

/** Coordinates of the world for what an arrangement says about each group. */
export function placeAll(
  input: LayoutGroup,
  arrangement: Arrangement,
  revision: number,
): Layout {
  const marks = new Map<string, Point>();
  const boxes = new Map<string, Rectangle>();
  const visit = (group: LayoutGroup, origin: Point) => {
    const layout = arrangement.get(group.id);
    for (const child of group.children) {
      const place = layout?.places.get(child.id);
      if (!place) {
        continue;
      }
      const at = { x: origin.x + place.x, y: origin.y + place.y };
      if (child.kind === 'group') {
        const extent = arrangement.get(child.id)?.extent;
        if (extent) {
          boxes.set(child.id, moved(at, extent));
        }
        visit(child, at);
      } else {
        marks.set(child.id, at);
      }
    }
  };
  visit(input, { x: 0, y: 0 });
  return { marks, boxes, revision };
}
