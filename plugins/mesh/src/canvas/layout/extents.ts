import type { Rectangle } from '../scene/types';
import type { GroupLayout, LayoutMark } from './types';

/** Room that a mark takes around its middle, its name below it included. */
export const MARK_EXTENTS: Record<LayoutMark['kind'], Rectangle> = {
  node: { x: -64, y: -30, width: 128, height: 92 },
  closed: { x: -122, y: -48, width: 244, height: 96 },
};

/** Between the frame of a box and what is in it; its name is at the top. */
export const PADDING = { side: 18, top: 38, bottom: 14 };

/** The rectangle around others. */
export function around(rectangles: Iterable<Rectangle>): Rectangle {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y, width, height } of rectangles) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left === Infinity
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** A rectangle moved. */
export function moved(by: { x: number; y: number }, of: Rectangle): Rectangle {
  return { ...of, x: of.x + by.x, y: of.y + by.y };
}

/** The layout of a group whose children have got their places. */
export function closeGroup(
  places: GroupLayout['places'],
  extents: GroupLayout['extents'],
  isFramed: boolean,
): GroupLayout {
  const content = around(
    [...places].map(([id, place]) =>
      moved(place, extents.get(id) ?? MARK_EXTENTS.node),
    ),
  );
  const extent = isFramed
    ? {
        x: content.x - PADDING.side,
        y: content.y - PADDING.top,
        width: content.width + 2 * PADDING.side,
        height: content.height + PADDING.top + PADDING.bottom,
      }
    : content;
  return { places, extents, extent };
}
