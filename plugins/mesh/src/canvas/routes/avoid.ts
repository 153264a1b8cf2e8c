import type { Point } from '../scene/types';
import type { MarkIndex } from './MarkIndex';
import { Route } from './Route';

/** A line stays this far from the rims of marks it does not touch. */
export const CLEARANCE = 8;
const STEP = 12;
const DEEPEST = 5;

/** Whether some mark is in the way of a route. */
export function isFree(
  route: Route,
  marks: MarkIndex,
  isOwn: (id: string) => boolean,
): boolean {
  const { flat } = route;
  for (let at = 1; at < flat.length; at++) {
    if (obstacleOn(flat[at - 1], flat[at], marks, isOwn)) {
      return false;
    }
  }
  return true;
}

function obstacleOn(
  from: Point,
  to: Point,
  marks: MarkIndex,
  isOwn: (id: string) => boolean,
) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const steps = Math.max(1, Math.ceil(length / STEP));
  for (let step = 0; step <= steps; step++) {
    const point = {
      x: from.x + ((to.x - from.x) * step) / steps,
      y: from.y + ((to.y - from.y) * step) / steps,
    };
    const obstacle = marks.nearest(point, CLEARANCE, isOwn);
    if (obstacle) {
      return { obstacle, point };
    }
  }
  return undefined;
}

/**
 * A way between two points that goes round marks like a rubber band: where
 * one is in the way, the band is put beside it, and both halves are tried
 * again.
 *
 * @returns the points between, none when the straight way is free
 */
export function detour(
  from: Point,
  to: Point,
  marks: MarkIndex,
  isOwn: (id: string) => boolean,
  depth = DEEPEST,
): Point[] {
  const hit = depth > 0 && obstacleOn(from, to, marks, isOwn);
  if (!hit) {
    return [];
  }
  const { obstacle } = hit;
  const { place, footprint } = obstacle;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  // On the side of the line's middle that the mark is not on.
  const side = (place.x - from.x) * dy - (place.y - from.y) * dx >= 0 ? -1 : 1;
  const reach = (footprint === 'circle' ? 20 : 62) + CLEARANCE + 12;
  const beside = [side, -side].map(way => ({
    x: place.x + (dy / length) * reach * way,
    y: place.y - (dx / length) * reach * way,
  }));
  const point =
    beside.find(candidate => !marks.nearest(candidate, CLEARANCE, isOwn)) ??
    beside[0];
  return [
    ...detour(from, point, marks, isOwn, depth - 1),
    point,
    ...detour(point, to, marks, isOwn, depth - 1),
  ];
}

/** Control points that keep a spline close to straight pieces, with round corners. */
export function tight(points: readonly Point[]): Point[] {
  const result: Point[] = [points[0]];
  for (let at = 1; at < points.length; at++) {
    const from = points[at - 1];
    const to = points[at];
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const reach = Math.min(0.5, 14 / length);
    for (const share of [reach, 1 - reach]) {
      result.push({
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
      });
    }
    result.push(to);
  }
  return result;
}
