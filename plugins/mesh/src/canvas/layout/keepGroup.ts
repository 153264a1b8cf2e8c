import type { Point, Rectangle } from '../scene/types';
import { closeGroup, moved } from './extents';
import { freePlace, spread } from './spread';
import { ROOT, type GroupLayout, type LayoutGroup } from './types';

/** With fewer of the old children than this share, the old places mean nothing. */
const KEPT_SHARE = 0.6;

const TURNED_SHARE = 0.3;
/** Boxes stay apart; the room of a mark already has its margin. */
const GAP_OF_BOXES = 16;

function middle({ x, y, width, height }: Rectangle): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/**
 * The old layout of a group with what has come, gone, opened and closed. What
 * stays keeps its place unless something beside it needs the room: workloads
 * without traffic come and go all the time, and a picture that jumps each
 * time cannot be read.
 *
 * @returns undefined when too little of it is left
 */
export function keepGroup(
  group: LayoutGroup,
  extents: ReadonlyMap<string, Rectangle>,
  old: GroupLayout,
  pinned: ReadonlyMap<string, Point>,
): GroupLayout | undefined {
  const kept = group.children.filter(({ id }) => old.places.has(id));
  const most = Math.max(group.children.length, old.places.size);
  if (kept.length < most * KEPT_SHARE) {
    return undefined;
  }
  const rectangles = new Map<string, Rectangle>();
  const turned = kept.filter(({ id, kind }) => {
    const before = old.extents.get(id);
    return before && isMarkSized(before) === (kind === 'group');
  });
  // Opening or closing all is another picture, not a small change of this one.
  if (turned.length > 1 && turned.length > kept.length * TURNED_SHARE) {
    return undefined;
  }
  const grown = new Map<string, Rectangle | undefined>();
  for (const child of kept) {
    const { id } = child;
    const before = old.extents.get(id);
    const extent = extents.get(id);
    const place = pinned.get(id) ?? old.places.get(id);
    if (!before || !extent || !place) {
      return undefined;
    }
    // What opens or closes does so around its middle.
    const isOther = isMarkSized(before) !== isMarkSized(extent);
    const [from, to] = [middle(before), middle(extent)];
    const at = isOther
      ? { x: place.x + from.x - to.x, y: place.y + from.y - to.y }
      : place;
    rectangles.set(id, moved(at, extent));
    if (isBigger(before, extent) || pinned.has(id)) {
      grown.set(id, moved(old.places.get(id) ?? place, before));
    }
  }
  for (const child of group.children) {
    const extent = extents.get(child.id);
    if (!rectangles.has(child.id) && extent) {
      const pin = pinned.get(child.id);
      rectangles.set(
        child.id,
        pin
          ? moved(pin, extent)
          : freePlace(
              nearNeighbours(group, child.id, rectangles) ?? old.extent,
              extent,
              rectangles,
              contentOf(old, group.id !== ROOT),
            ),
      );
      grown.set(child.id, undefined);
    }
  }
  const hasBoxes = group.children.some(({ kind }) => kind === 'group');
  spread(
    rectangles,
    grown,
    new Set(pinned.keys()),
    hasBoxes ? GAP_OF_BOXES : 0,
  );
  const places = new Map<string, Point>();
  for (const [id, { x, y }] of rectangles) {
    const extent = extents.get(id);
    if (extent) {
      places.set(id, { x: x - extent.x, y: y - extent.y });
    }
  }
  return closeGroup(places, extents, group.id !== ROOT);
}

/** Marks lie around their place; groups begin at it. */
function isMarkSized({ x, width }: Rectangle): boolean {
  return Math.abs(x + width / 2) < 1;
}

function isBigger(before: Rectangle, after: Rectangle): boolean {
  return (
    after.x < before.x ||
    after.y < before.y ||
    after.x + after.width > before.x + before.width ||
    after.y + after.height > before.y + before.height
  );
}

function contentOf(old: GroupLayout, isFramed: boolean): Rectangle {
  return isFramed
    ? closeGroup(old.places, old.extents, false).extent
    : old.extent;
}

/** The upper left corner of the middle of what a newcomer talks to. */
function nearNeighbours(
  group: LayoutGroup,
  id: string,
  rectangles: ReadonlyMap<string, Rectangle>,
): Point | undefined {
  const index = group.children.findIndex(child => child.id === id);
  const near: Rectangle[] = [];
  for (const [from, to] of group.edges) {
    const other = from === index ? to : from;
    const rectangle =
      from === index || to === index
        ? rectangles.get(group.children[other].id)
        : undefined;
    if (rectangle) {
      near.push(rectangle);
    }
  }
  return near.length === 0
    ? undefined
    : {
        x: near.reduce((sum, { x }) => sum + x, 0) / near.length,
        y: near.reduce((sum, { y }) => sum + y, 0) / near.length,
      };
}
