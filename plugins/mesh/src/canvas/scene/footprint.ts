import type { Mark, Point } from './types';

/** Radius of a node's mark in world units. */
export const MARK_RADIUS = 20;

/** Half the size of a closed box. */
export const CLOSED_HALF = { width: 98, height: 30 };

/** What a mark covers: a circle around its place, or a rectangle. */
export type Footprint = 'circle' | 'rectangle';

export function footprintOf(mark: Pick<Mark, 'shape'>): Footprint {
  return mark.shape === 'group' ? 'rectangle' : 'circle';
}

/** How far a point is from the rim of a mark at a place; 0 inside. */
export function distanceToRim(
  footprint: Footprint,
  place: Point,
  point: Point,
): number {
  const dx = Math.abs(point.x - place.x);
  const dy = Math.abs(point.y - place.y);
  return footprint === 'circle'
    ? Math.max(0, Math.hypot(dx, dy) - MARK_RADIUS)
    : Math.hypot(
        Math.max(0, dx - CLOSED_HALF.width),
        Math.max(0, dy - CLOSED_HALF.height),
      );
}

/** Where a line from a mark's middle towards a point leaves it, and a gap beyond. */
export function rimTowards(
  footprint: Footprint,
  place: Point,
  point: Point,
  gap: number,
): Point {
  const dx = point.x - place.x;
  const dy = point.y - place.y;
  const length = Math.hypot(dx, dy) || 1;
  const reach =
    footprint === 'circle'
      ? MARK_RADIUS
      : Math.min(
          CLOSED_HALF.width / (Math.abs(dx) / length || 1e-9),
          CLOSED_HALF.height / (Math.abs(dy) / length || 1e-9),
        );
  const share = (reach + gap) / length;
  return { x: place.x + dx * share, y: place.y + dy * share };
}
