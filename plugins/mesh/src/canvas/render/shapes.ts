import { MARK_RADIUS } from '../scene/footprint';
import type { MarkShape } from '../scene/types';
import type { PaintContext } from './paintContext';

const R = MARK_RADIUS;

function polygon(
  context: PaintContext,
  x: number,
  y: number,
  points: readonly (readonly [number, number])[],
): void {
  for (const [index, [dx, dy]] of points.entries()) {
    if (index === 0) {
      context.moveTo(x + dx, y + dy);
    } else {
      context.lineTo(x + dx, y + dy);
    }
  }
  context.closePath();
}

/** Adds the outline of a mark to the current path. */
export function traceShape(
  context: PaintContext,
  shape: MarkShape,
  x: number,
  y: number,
): void {
  switch (shape) {
    case 'square':
      context.roundRect(x - R * 0.9, y - R * 0.9, R * 1.8, R * 1.8, 5);
      break;
    case 'triangle':
      polygon(context, x, y, [
        [0, -R * 1.1],
        [R * 1.1, R * 0.85],
        [-R * 1.1, R * 0.85],
      ]);
      break;
    case 'gateway':
      polygon(context, x, y, [
        [-R * 0.55, -R * 0.95],
        [R * 0.55, -R * 0.95],
        [R * 1.1, 0],
        [R * 0.55, R * 0.95],
        [-R * 0.55, R * 0.95],
        [-R * 1.1, 0],
      ]);
      break;
    case 'waypoint':
      polygon(context, x, y, [
        [-R, -R * 0.7],
        [R * 0.45, -R * 0.7],
        [R * 1.1, 0],
        [R * 0.45, R * 0.7],
        [-R, R * 0.7],
        [-R * 0.55, 0],
      ]);
      break;
    case 'operation':
      context.roundRect(x - R * 1.1, y - R * 0.65, R * 2.2, R * 1.3, R * 0.65);
      break;
    case 'store':
      context.ellipse(x, y - R * 0.65, R * 0.8, R * 0.3, 0, Math.PI, 0);
      context.lineTo(x + R * 0.8, y + R * 0.65);
      context.ellipse(x, y + R * 0.65, R * 0.8, R * 0.3, 0, 0, Math.PI);
      context.closePath();
      break;
    case 'external':
      polygon(context, x, y, [
        [0, -R * 1.1],
        [R * 1.1, 0],
        [0, R * 1.1],
        [-R * 1.1, 0],
      ]);
      break;
    default:
      context.arc(x, y, R, 0, Math.PI * 2);
  }
}

/** Slanted lines inside a circle: what may not be seen. */
export function traceHatching(
  context: PaintContext,
  x: number,
  y: number,
): void {
  context.beginPath();
  for (let at = -R * 1.2; at <= R * 1.2; at += 7) {
    // Where the line x + y = at meets the circle.
    const half = Math.sqrt(Math.max(0, R * R - (at * at) / 2) / 2);
    if (half > 0) {
      context.moveTo(x + at / 2 - half, y + at / 2 + half);
      context.lineTo(x + at / 2 + half, y + at / 2 - half);
    }
  }
}
