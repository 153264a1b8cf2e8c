import type { Layout } from '../layout/types';
import type { Point, Rectangle } from '../scene/types';

/** Milliseconds that marks take to a new place: long enough to be followed. */
export const BLEND_MILLISECONDS = 320;

const between = (from: number, to: number, share: number) =>
  from + (to - from) * share;

/** A layout on its way from one to another; what is new is in its place at once. */
export function blendLayouts(from: Layout, to: Layout, share: number): Layout {
  const eased = share * share * (3 - 2 * share);
  const marks = new Map<string, Point>();
  for (const [id, place] of to.marks) {
    const start = from.marks.get(id) ?? place;
    marks.set(id, {
      x: between(start.x, place.x, eased),
      y: between(start.y, place.y, eased),
    });
  }
  const boxes = new Map<string, Rectangle>();
  for (const [id, box] of to.boxes) {
    const start = from.boxes.get(id) ?? box;
    boxes.set(id, {
      x: between(start.x, box.x, eased),
      y: between(start.y, box.y, eased),
      width: between(start.width, box.width, eased),
      height: between(start.height, box.height, eased),
    });
  }
  return { marks, boxes, revision: to.revision };
}

/**
 * How far the world must be moved so that the middle of the view shows what
 * it showed: by what the nearest mark that is still there has moved.
 */
export function driftOf(from: Layout, to: Layout, middle: Point): Point {
  let nearest = Infinity;
  let drift = { x: 0, y: 0 };
  for (const [id, start] of from.marks) {
    const end = to.marks.get(id);
    const distance = Math.hypot(start.x - middle.x, start.y - middle.y);
    if (end && distance < nearest) {
      nearest = distance;
      drift = { x: end.x - start.x, y: end.y - start.y };
    }
  }
  return drift;
}
