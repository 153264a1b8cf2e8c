import type { Point, Rectangle } from '../scene/types';

/** At this scale someone looks into a closed box, not at it. */
const OPEN_FROM = 1.8;
/** A box that was opened so closes when it takes less of the width: much later, so that nothing flickers. */
const CLOSE_BELOW = 0.2;

/**
 * What zooming opens or closes: the closed box in the middle of the view when
 * the camera is close, and boxes opened this way when it is far again.
 */
export function zoomChange(options: {
  scale: number;
  view: Rectangle;
  closed: Iterable<readonly [id: string, place: Point]>;
  /** Boxes that were opened by zooming. */
  opened: Iterable<readonly [id: string, box: Rectangle]>;
}): { id: string; isOpen: boolean } | undefined {
  const { scale, view, closed, opened } = options;
  if (scale >= OPEN_FROM) {
    const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    let nearest = Math.min(view.width, view.height) / 3;
    let found: string | undefined;
    for (const [id, { x, y }] of closed) {
      const distance = Math.hypot(x - middle.x, y - middle.y);
      if (distance < nearest) {
        nearest = distance;
        found = id;
      }
    }
    return found === undefined ? undefined : { id: found, isOpen: true };
  }
  for (const [id, { width }] of opened) {
    if (width < view.width * CLOSE_BELOW) {
      return { id, isOpen: false };
    }
  }
  return undefined;
}
