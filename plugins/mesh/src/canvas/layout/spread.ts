import type { Rectangle } from '../scene/types';

/** Whether two rectangles are closer than the gap. */
export function isClose(
  left: Rectangle,
  right: Rectangle,
  gap: number,
): boolean {
  return (
    left.x < right.x + right.width + gap &&
    right.x < left.x + left.width + gap &&
    left.y < right.y + right.height + gap &&
    right.y < left.y + left.height + gap
  );
}

type Direction = 'left' | 'right' | 'up' | 'down';

/** More pushes than this between two boxes that grow towards each other lead nowhere. */
const MOST_PUSHES = 24;

/**
 * Makes room for what has grown: others are pushed aside, and push on in the
 * same direction. What nobody pushes stays. Where that comes to no end,
 * everything beyond what has grown moves by as much as it has.
 *
 * @param rectangles - moved in place
 * @param grown - ids of what takes the room that it needs, and what it took before
 * @param fixed - ids that nothing may push
 * @param gap - room that is left between what was pushed apart
 */
export function spread(
  rectangles: Map<string, Rectangle>,
  grown: ReadonlyMap<string, Rectangle | undefined>,
  fixed: ReadonlySet<string>,
  gap: number,
): void {
  const start = new Map(rectangles);
  if (!push(rectangles, grown, fixed, gap)) {
    for (const [id, rectangle] of start) {
      rectangles.set(id, rectangle);
    }
    shift(rectangles, grown, fixed);
  }
}

function push(
  rectangles: Map<string, Rectangle>,
  grown: ReadonlyMap<string, Rectangle | undefined>,
  fixed: ReadonlySet<string>,
  gap: number,
): boolean {
  const queue: { id: string; direction?: Direction }[] = [...grown.keys()].map(
    id => ({ id }),
  );
  const pushes = new Map<string, number>();
  for (let at = 0; at < queue.length; at++) {
    const { id, direction } = queue[at];
    const pusher = rectangles.get(id);
    if (!pusher) {
      continue;
    }
    const before = grown.get(id) ?? pusher;
    for (const [other, rectangle] of rectangles) {
      if (
        other === id ||
        fixed.has(other) ||
        !isClose(pusher, rectangle, gap)
      ) {
        continue;
      }
      const count = (pushes.get(other) ?? 0) + 1;
      if (count > MOST_PUSHES) {
        return false;
      }
      pushes.set(other, count);
      const way = direction ?? sideOf(before, rectangle);
      rectangles.set(other, pushed(pusher, rectangle, way, gap));
      queue.push({ id: other, direction: way });
    }
  }
  return true;
}

/** On which side of one rectangle another lies: where they are further apart. */
function sideOf(of: Rectangle, other: Rectangle): Direction {
  const right = other.x - (of.x + of.width);
  const left = of.x - (other.x + other.width);
  const down = other.y - (of.y + of.height);
  const up = of.y - (other.y + other.height);
  const most = Math.max(right, left, down, up);
  if (most === right) {
    return 'right';
  }
  if (most === left) {
    return 'left';
  }
  return most === down ? 'down' : 'up';
}

function pushed(
  pusher: Rectangle,
  rectangle: Rectangle,
  direction: Direction,
  gap: number,
): Rectangle {
  switch (direction) {
    case 'right':
      return { ...rectangle, x: pusher.x + pusher.width + gap };
    case 'left':
      return { ...rectangle, x: pusher.x - rectangle.width - gap };
    case 'down':
      return { ...rectangle, y: pusher.y + pusher.height + gap };
    default:
      return { ...rectangle, y: pusher.y - rectangle.height - gap };
  }
}

/** Moves everything beyond each side of what has grown by as much as that side has moved. */
function shift(
  rectangles: Map<string, Rectangle>,
  grown: ReadonlyMap<string, Rectangle | undefined>,
  fixed: ReadonlySet<string>,
): void {
  for (const [id, before] of grown) {
    const after = rectangles.get(id);
    if (!before || !after) {
      continue;
    }
    const right = after.x + after.width - before.x - before.width;
    const down = after.y + after.height - before.y - before.height;
    for (const [other, { x, y, width, height }] of rectangles) {
      if (other === id || fixed.has(other)) {
        continue;
      }
      const isRight = x >= before.x + before.width;
      const isLeft = x + width <= before.x;
      const isBelow = y >= before.y + before.height;
      const isAbove = y + height <= before.y;
      rectangles.set(other, {
        width,
        height,
        x:
          x +
          (isRight ? Math.max(0, right) : 0) +
          (isLeft ? Math.min(0, after.x - before.x) : 0),
        y:
          y +
          (isBelow ? Math.max(0, down) : 0) +
          (isAbove ? Math.min(0, after.y - before.y) : 0),
      });
    }
  }
}

/** The nearest place to a point where a rectangle of a size is close to no other. */
export function freePlace(
  near: { x: number; y: number },
  size: { width: number; height: number },
  rectangles: ReadonlyMap<string, Rectangle>,
  within: Rectangle,
): Rectangle {
  const { width, height } = size;
  const others = [...rectangles.values()];
  const isFree = (candidate: Rectangle) =>
    others.every(other => !isClose(candidate, other, 0));
  let best: Rectangle | undefined;
  let nearest = Infinity;
  const step = { x: width / 8, y: height / 8 };
  for (let y = within.y; y <= within.y + within.height; y += step.y) {
    for (let x = within.x; x <= within.x + within.width; x += step.x) {
      const distance = Math.hypot(x - near.x, y - near.y);
      // A place that makes the box grow is worth a detour to avoid: what is
      // beside it would have to move, the more the further it grows.
      const across = Math.max(0, x + width - within.x - within.width);
      const along = Math.max(0, y + height - within.y - within.height);
      const cost = distance + 100 * (across + along);
      const candidate = { x, y, width, height };
      if (cost < nearest && isFree(candidate)) {
        nearest = cost;
        best = candidate;
      }
    }
  }
  return best ?? { x: within.x, y: within.y + within.height, width, height };
}
