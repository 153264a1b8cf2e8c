import type { Layout } from '../layout/types';
import type { Link, Point, Rectangle, Scene } from '../scene/types';

/** Fewer lines between two boxes are drawn one by one. */
const BUNDLED_FROM = 3;
/** The two directions between two boxes are kept this far apart. */
const LANE = 9;

/** The stretch that lines between two boxes share, from the rim of one to the rim of the other. */
export type Trunk = { leave: Point; arrive: Point };

/**
 * Which lines share a way. Lines from one box to another run together between
 * the boxes and part only inside them, so that what a hub sends to a box is
 * one bundle, not a fan.
 */
export function trunksOf(
  scene: Scene,
  layout: Layout,
): (link: Link) => Trunk | undefined {
  const counts = new Map<string, number>();
  const keys = new Map<string, string>();
  for (const link of scene.links) {
    const from = scene.marks.get(link.source)?.view.parent;
    const to = scene.marks.get(link.target)?.view.parent;
    if (from !== undefined && to !== undefined && from !== to) {
      const key = `${from}>${to}`;
      keys.set(link.id, key);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const trunks = new Map<string, Trunk | undefined>();
  return link => {
    const key = keys.get(link.id);
    if (key === undefined || (counts.get(key) ?? 0) < BUNDLED_FROM) {
      return undefined;
    }
    if (!trunks.has(key)) {
      const from = layout.boxes.get(
        scene.marks.get(link.source)?.view.parent ?? '',
      );
      const to = layout.boxes.get(
        scene.marks.get(link.target)?.view.parent ?? '',
      );
      trunks.set(key, from && to && trunkBetween(from, to));
    }
    return trunks.get(key);
  };
}

/**
 * The shortest way between two boxes, in the middle of the sides that face
 * each other. Boxes in boxes have none: their lines are short.
 */
export function trunkBetween(
  from: Rectangle,
  to: Rectangle,
): Trunk | undefined {
  const across = gate(from.x, from.width, to.x, to.width);
  const along = gate(from.y, from.height, to.y, to.height);
  if (!across.isApart && !along.isApart) {
    return undefined;
  }
  const leave = { x: across.leave, y: along.leave };
  const arrive = { x: across.arrive, y: along.arrive };
  const dx = arrive.x - leave.x;
  const dy = arrive.y - leave.y;
  const length = Math.hypot(dx, dy) || 1;
  const lane = { x: (dy / length) * LANE, y: (-dx / length) * LANE };
  return {
    leave: { x: leave.x + lane.x, y: leave.y + lane.y },
    arrive: { x: arrive.x + lane.x, y: arrive.y + lane.y },
  };
}

/** Where to leave and arrive in one dimension: facing ends, or the middle of what both cover. */
function gate(from: number, fromSize: number, to: number, toSize: number) {
  const fromEnd = from + fromSize;
  const toEnd = to + toSize;
  if (fromEnd <= to) {
    return { leave: fromEnd, arrive: to, isApart: true };
  }
  if (toEnd <= from) {
    return { leave: from, arrive: toEnd, isApart: true };
  }
  const middle = (Math.max(from, to) + Math.min(fromEnd, toEnd)) / 2;
  return { leave: middle, arrive: middle, isApart: false };
}
