import type { Layout } from '../layout/types';
import type { Point, Rectangle } from '../scene/types';

/** Where the camera stands: screen = world * k + (x, y). */
export type Camera = { x: number; y: number; k: number };

/** Pixels of a screen. */
export type Size = { width: number; height: number };

export const SMALLEST_SCALE = 0.05;
export const LARGEST_SCALE = 3;

/** The rectangle around everything, with a margin. */
export function boundsOf(layout: Layout): Rectangle | undefined {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y, width, height } of layout.boxes.values()) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  for (const { x, y } of layout.marks.values()) {
    left = Math.min(left, x - 60);
    top = Math.min(top, y - 30);
    right = Math.max(right, x + 60);
    bottom = Math.max(bottom, y + 50);
  }
  return left === Infinity
    ? undefined
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The camera that shows a rectangle whole, in the middle. */
export function cameraFor(
  bounds: Rectangle,
  size: { width: number; height: number },
  margin = 24,
  smallestScale = SMALLEST_SCALE,
): Camera {
  const k = Math.max(
    smallestScale,
    Math.min(
      1.25,
      (size.width - 2 * margin) / bounds.width,
      (size.height - 2 * margin) / bounds.height,
    ),
  );
  return {
    k,
    x: (size.width - bounds.width * k) / 2 - bounds.x * k,
    y: (size.height - bounds.height * k) / 2 - bounds.y * k,
  };
}

/**
 * The camera that shows a rectangle whole, and not under what covers the
 * upper right corner of the screen: beside it or below it, whichever shows
 * more. Where the screen is too small for that, the corner covers something.
 */
export function cameraBeside(
  bounds: Rectangle,
  size: Size,
  corner: Size,
): Camera {
  const whole = cameraFor(bounds, size);
  const { x: right } = toScreen(whole, {
    x: bounds.x + bounds.width,
    y: bounds.y,
  });
  const { y: top } = toScreen(whole, bounds);
  if (right <= size.width - corner.width || top >= corner.height) {
    return whole;
  }
  const { width, height } = size;
  const cameras: Camera[] = [];
  if (width > 3 * corner.width) {
    cameras.push(cameraFor(bounds, { width: width - corner.width, height }));
  }
  if (height > 3 * corner.height) {
    const below = cameraFor(bounds, { width, height: height - corner.height });
    cameras.push({ ...below, y: below.y + corner.height });
  }
  return (
    cameras.reduce<Camera | undefined>(
      (best, camera) => (best && best.k >= camera.k ? best : camera),
      undefined,
    ) ?? whole
  );
}

/** A point of the screen in the world. */
export function toWorld(camera: Camera, point: Point): Point {
  return {
    x: (point.x - camera.x) / camera.k,
    y: (point.y - camera.y) / camera.k,
  };
}

/** A point of the world on the screen. */
export function toScreen(camera: Camera, point: Point): Point {
  return { x: point.x * camera.k + camera.x, y: point.y * camera.k + camera.y };
}

/** The part of the world that a screen of a size shows. */
export function viewOf(
  camera: Camera,
  size: { width: number; height: number },
): Rectangle {
  const { x, y } = toWorld(camera, { x: 0, y: 0 });
  return { x, y, width: size.width / camera.k, height: size.height / camera.k };
}
