import type { Point, Rectangle } from '../scene/types';

/** Points that one bend of a route is cut into, for pointing at it and walking along. */
const CUTS = 8;

/**
 * The way of one line: a quadratic B-spline over control points, which begins
 * at the first and ends at the last of them. It never leaves the hull of its
 * control points.
 */
export class Route {
  readonly controls: readonly Point[];
  #flat: readonly Point[] | undefined;
  #lengths: readonly number[] | undefined;
  #bounds: Rectangle | undefined;

  constructor(controls: readonly Point[]) {
    this.controls = controls;
  }

  get from(): Point {
    return this.controls[0];
  }

  get to(): Point {
    return this.controls[this.controls.length - 1];
  }

  /** A rectangle that holds all of it. */
  get bounds(): Rectangle {
    this.#bounds ??= boundsOf(this.controls);
    return this.#bounds;
  }

  /** The bends, each from where the last one ended: control point and end. */
  *bends(): Generator<readonly [Point, Point]> {
    const { controls } = this;
    for (let at = 1; at < controls.length - 1; at++) {
      const control = controls[at];
      const next = controls[at + 1];
      yield at === controls.length - 2
        ? [control, next]
        : [
            control,
            { x: (control.x + next.x) / 2, y: (control.y + next.y) / 2 },
          ];
    }
  }

  /** The route as straight pieces. */
  get flat(): readonly Point[] {
    if (!this.#flat) {
      const points: Point[] = [this.from];
      let start = this.from;
      for (const [control, end] of this.bends()) {
        for (let cut = 1; cut <= CUTS; cut++) {
          points.push(bendPoint(start, control, end, cut / CUTS));
        }
        start = end;
      }
      this.#flat = points.length > 1 ? points : [this.from, this.to];
    }
    return this.#flat;
  }

  /** The point a share of the way along, 0..1. */
  at(share: number): Point {
    const { flat } = this;
    this.#lengths ??= lengthsOf(flat);
    const lengths = this.#lengths;
    const wanted = share * lengths[lengths.length - 1];
    let low = 0;
    let high = lengths.length - 1;
    while (low < high - 1) {
      const half = (low + high) >> 1;
      if (lengths[half] <= wanted) {
        low = half;
      } else {
        high = half;
      }
    }
    const span = lengths[high] - lengths[low] || 1;
    const part = Math.min(1, Math.max(0, (wanted - lengths[low]) / span));
    return {
      x: flat[low].x + (flat[high].x - flat[low].x) * part,
      y: flat[low].y + (flat[high].y - flat[low].y) * part,
    };
  }

  distanceTo(point: Point): number {
    const { flat } = this;
    let nearest = Infinity;
    for (let at = 1; at < flat.length; at++) {
      nearest = Math.min(
        nearest,
        distanceToSegment(point, flat[at - 1], flat[at]),
      );
    }
    return nearest;
  }
}

function bendPoint(from: Point, control: Point, to: Point, t: number): Point {
  const a = (1 - t) * (1 - t);
  const b = 2 * (1 - t) * t;
  const c = t * t;
  return {
    x: a * from.x + b * control.x + c * to.x,
    y: a * from.y + b * control.y + c * to.y,
  };
}

function lengthsOf(points: readonly Point[]): number[] {
  const lengths = [0];
  for (let at = 1; at < points.length; at++) {
    const from = points[at - 1];
    const to = points[at];
    lengths.push(lengths[at - 1] + Math.hypot(to.x - from.x, to.y - from.y));
  }
  return lengths;
}

function boundsOf(points: readonly Point[]): Rectangle {
  let { x: left, y: top } = points[0];
  let right = left;
  let bottom = top;
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Distance from a point to a straight piece. */
export function distanceToSegment(
  point: Point,
  from: Point,
  to: Point,
): number {
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
