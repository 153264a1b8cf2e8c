import type { Point } from './types';

/** A cubic Bézier curve. */
export type Curve = { from: Point; first: Point; second: Point; to: Point };

/** Radius of a mark in world units. */
export const MARK_RADIUS = 20;

/** How far a curve may be pushed aside to spare a mark, nearest first. */
const DETOURS = [0, 46, -46, 92, -92, 150, -150];
const CLEARANCE = MARK_RADIUS + 8;
const SAMPLES = 14;

/** A point of a curve, at `t` from 0 to 1. */
export function pointAt(curve: Curve, t: number): Point {
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const c = 3 * u * t * t;
  const d = t * t * t;
  return {
    x:
      a * curve.from.x +
      b * curve.first.x +
      c * curve.second.x +
      d * curve.to.x,
    y:
      a * curve.from.y +
      b * curve.first.y +
      c * curve.second.y +
      d * curve.to.y,
  };
}

/** Moves a point towards another. */
function towards(from: Point, to: Point, distance: number): Point {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  return {
    x: from.x + (dx / length) * distance,
    y: from.y + (dy / length) * distance,
  };
}

/**
 * A curve from the rim of one mark to the rim of another, bowed to the left
 * of its direction, so that the two directions of a pair do not coincide.
 *
 * @param aside - further bow, in world units; its sign is the side
 */
export function curveBetween(source: Point, target: Point, aside = 0): Curve {
  if (source.x === target.x && source.y === target.y) {
    return loopAt(source);
  }
  const dx = target.x - source.x;
  const dy = target.y - source.y;
  const length = Math.hypot(dx, dy);
  const bow = Math.min(24, length * 0.08) + aside;
  const normal = { x: dy / length, y: -dx / length };
  const reach = Math.min(120, length * 0.35);
  // Leaving and arriving level reads as left-to-right flow.
  const level = Math.abs(dx) > Math.abs(dy) * 0.4 ? Math.sign(dx) : 0;
  const pull =
    level === 0 ? { x: dx / length, y: dy / length } : { x: level, y: 0 };
  const first = {
    x: source.x + pull.x * reach + normal.x * bow * 1.33,
    y: source.y + pull.y * reach + normal.y * bow * 1.33,
  };
  const second = {
    x: target.x - pull.x * reach + normal.x * bow * 1.33,
    y: target.y - pull.y * reach + normal.y * bow * 1.33,
  };
  return {
    from: towards(source, first, MARK_RADIUS + 1),
    first,
    second,
    to: towards(target, second, MARK_RADIUS + 5),
  };
}

function loopAt({ x, y }: Point): Curve {
  const size = MARK_RADIUS * 2.6;
  return {
    from: { x: x - MARK_RADIUS * 0.6, y: y - MARK_RADIUS * 0.8 },
    first: { x: x - size, y: y - size },
    second: { x: x + size, y: y - size },
    to: { x: x + MARK_RADIUS * 0.7, y: y - MARK_RADIUS * 0.9 },
  };
}

/**
 * The first of several curves that spares the marks in its way; the
 * straightest when none does.
 *
 * @param isFree - whether no other mark is within `clearance` of a point
 */
export function sparingCurve(
  source: Point,
  target: Point,
  isFree: (point: Point, clearance: number) => boolean,
): Curve {
  const straight = curveBetween(source, target);
  for (const aside of DETOURS) {
    const curve = aside === 0 ? straight : curveBetween(source, target, aside);
    let free = true;
    for (let sample = 1; sample < SAMPLES && free; sample++) {
      free = isFree(pointAt(curve, sample / SAMPLES), CLEARANCE);
    }
    if (free) {
      return curve;
    }
  }
  return straight;
}

/** Distance from a point to a curve, sampled finely enough to point at it. */
export function distanceTo(curve: Curve, point: Point): number {
  let nearest = Infinity;
  let before = curve.from;
  for (let sample = 1; sample <= 24; sample++) {
    const next = pointAt(curve, sample / 24);
    nearest = Math.min(nearest, distanceToSegment(point, before, next));
    before = next;
  }
  return nearest;
}

function distanceToSegment(point: Point, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy;
  const along =
    square === 0
      ? 0
      : Math.max(
          0,
          Math.min(
            1,
            ((point.x - from.x) * dx + (point.y - from.y) * dy) / square,
          ),
        );
  return Math.hypot(
    point.x - from.x - along * dx,
    point.y - from.y - along * dy,
  );
}
