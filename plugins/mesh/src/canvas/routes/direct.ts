import { MARK_RADIUS, rimTowards, type Footprint } from '../scene/footprint';
import type { Point } from '../scene/types';
import { Route } from './Route';

/** One end of a line. */
export type End = { place: Point; footprint: Footprint };

const GAP = { from: 1, to: 5 };

/**
 * A line from the rim of one mark to the rim of another, bowed to the left of
 * its direction, so that the two directions of a pair do not coincide.
 *
 * @param aside - further bow, in world units; its sign is the side
 */
export function directRoute(source: End, target: End, aside = 0): Route {
  const from = source.place;
  const to = target.place;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy);
  if (length === 0) {
    return loopAt(from);
  }
  const bow = (Math.min(24, length * 0.08) + aside) * 1.33;
  const normal = { x: dy / length, y: -dx / length };
  const reach = Math.min(120, length * 0.35);
  // Leaving and arriving level reads as left-to-right flow.
  const level = Math.abs(dx) > Math.abs(dy) * 0.4 ? Math.sign(dx) : 0;
  const pull =
    level === 0 ? { x: dx / length, y: dy / length } : { x: level, y: 0 };
  const first = {
    x: from.x + pull.x * reach + normal.x * bow,
    y: from.y + pull.y * reach + normal.y * bow,
  };
  const second = {
    x: to.x - pull.x * reach + normal.x * bow,
    y: to.y - pull.y * reach + normal.y * bow,
  };
  return between(source, [first, second], target);
}

/** The route over control points, from rim to rim. */
export function between(
  source: End,
  controls: readonly Point[],
  target: End,
): Route {
  const first = controls[0] ?? target.place;
  const last = controls[controls.length - 1] ?? source.place;
  return new Route([
    rimTowards(source.footprint, source.place, first, GAP.from),
    ...controls,
    rimTowards(target.footprint, target.place, last, GAP.to),
  ]);
}

function loopAt({ x, y }: Point): Route {
  const size = MARK_RADIUS * 2.6;
  return new Route([
    { x: x - MARK_RADIUS * 0.6, y: y - MARK_RADIUS * 0.8 },
    { x: x - size, y: y - size * 1.3 },
    { x: x + size, y: y - size * 1.3 },
    { x: x + MARK_RADIUS * 0.7, y: y - MARK_RADIUS * 0.9 },
  ]);
}
