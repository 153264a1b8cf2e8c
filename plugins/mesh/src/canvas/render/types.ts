import type { Curve } from '../scene/curves';
import type { Layout } from '../layout/types';
import type { Rectangle, Scene } from '../scene/types';
import type { Palette } from './palette';

/** What lies where in one frame: all that drawing depends on. */
export type Frame = {
  context: CanvasRenderingContext2D;
  scene: Scene;
  layout: Layout;
  curves: ReadonlyMap<string, Curve>;
  palette: Palette;
  /** Pixels per world unit. */
  scale: number;
  /** The part of the world in view, with a margin. */
  view: Rectangle;
  selected: string | undefined;
  hovered: string | undefined;
  /** Ids in full colour; undefined means all. */
  highlighted: ReadonlySet<string> | undefined;
  /** Milliseconds, for what moves. */
  time: number;
};

/** How strongly something is drawn. */
export function opacityOf(frame: Frame, id: string): number {
  return !frame.highlighted || frame.highlighted.has(id) ? 1 : 0.25;
}

/** Whether a circle around a point is in view. */
export function isInView(
  view: Rectangle,
  x: number,
  y: number,
  radius: number,
): boolean {
  return (
    x + radius > view.x &&
    x - radius < view.x + view.width &&
    y + radius > view.y &&
    y - radius < view.y + view.height
  );
}
