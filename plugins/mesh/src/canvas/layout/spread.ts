import type { Rectangle } from '../scene/types';

/** Room between things that were pushed apart. */
const GAP = 16;

/** Whether two rectangles are closer than the gap. */
export function isClose(
  left: Rectangle,
  right: Rectangle,
  gap: number = GAP,
): boolean {
  return (
    left.x < right.x + right.width + gap &&
    right.x < left.x + left.width + gap &&
    left.y < right.y + right.height + gap &&
    right.y < left.y + left.height + gap
  );
}

/**
 * Makes room for what has grown: others are pushed aside, each along the
 * shorter way, and push on in turn. What nobody pushes stays.
 *
 * @param grown - ids that take the room they need
 * @param fixed - ids that nothing may push
 * @returns the rectangles, moved in place; false when it came to no end
 */
export function spread(
  rectangles: Map<string, Rectangle>,
  grown: Iterable<string>,
  fixed: ReadonlySet<string>,
): boolean {
  const queue = [...grown];
  const pushes = new Map<string, number>();
  const most = 12;
  for (let at = 0; at < queue.length; at++) {
    const id = queue[at];
    const pusher = rectangles.get(id);
    if (!pusher) {
      continue;
    }
    for (const [other, rectangle] of rectangles) {
      if (other === id || fixed.has(other) || !isClose(pusher, rectangle)) {
        continue;
      }
      const count = (pushes.get(other) ?? 0) + 1;
      if (count > most) {
        return false;
      }
      pushes.set(other, count);
      rectangles.set(other, pushed(pusher, rectangle));
      queue.push(other);
    }
  }
  return true;
}

function pushed(pusher: Rectangle, rectangle: Rectangle): Rectangle {
  const dx = rectangle.x + rectangle.width / 2 - (pusher.x + pusher.width / 2);
  const dy =
    rectangle.y + rectangle.height / 2 - (pusher.y + pusher.height / 2);
  const across = (rectangle.width + pusher.width) / 2 + GAP - Math.abs(dx);
  const along = (rectangle.height + pusher.height) / 2 + GAP - Math.abs(dy);
  return across < along
    ? { ...rectangle, x: rectangle.x + (dx < 0 ? -across : across) }
    : { ...rectangle, y: rectangle.y + (dy < 0 ? -along : along) };
}

/** The nearest place to a point where a rectangle of a size is close to no other. */
export function freePlace(
  near: { x: number; y: number },
  size: { width: number; height: number },
  rectangles: ReadonlyMap<string, Rectangle>,
  within: Rectangle,
): Rectangle {
  const others = [...rectangles.values()];
  const isFree = (candidate: Rectangle) =>
    others.every(other => !isClose(candidate, other, 0));
  let best: Rectangle | undefined;
  let nearest = Infinity;
  const step = { x: size.width / 4, y: size.height / 4 };
  for (let y = within.y; y <= within.y + within.height; y += step.y) {
    for (let x = within.x; x <= within.x + within.width; x += step.x) {
      const distance = Math.hypot(x - near.x, y - near.y);
      // A place that makes the box grow is worth a detour to avoid.
      const isInside =
        x + size.width <= within.x + within.width + 1 &&
        y + size.height <= within.y + within.height + 1;
      const cost = isInside ? distance : distance + 4 * size.width;
      const candidate = { x, y, ...size };
      if (cost < nearest && isFree(candidate)) {
        nearest = cost;
        best = candidate;
      }
    }
  }
  return best ?? { x: within.x, y: within.y + within.height, ...size };
}
