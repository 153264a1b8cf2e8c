import type { Layout } from '../layout/types';
import type { Routes } from '../routes';
import type { EdgeLabel, Words } from '../scene/texts';
import type { Link, Rectangle, Scene } from '../scene/types';
import type { PaintContext } from './paintContext';
import type { Palette } from './palette';

/** What lies where in one picture: all that drawing depends on. */
export type Frame = {
  context: PaintContext;
  scene: Scene;
  layout: Layout;
  routes: Routes;
  palette: Palette;
  words: Words;
  edgeLabel: EdgeLabel;
  /** Pixels per world unit. */
  scale: number;
  /** The part of the world in view, with a margin. */
  view: Rectangle;
  selected: string | undefined;
  hovered: string | undefined;
  /** Ids in full colour; undefined means all. */
  highlighted: ReadonlySet<string> | undefined;
};

/** The same on a screen, where things move. */
export type ScreenFrame = Frame & { context: CanvasRenderingContext2D };

/** From further away lines are too thin for details. */
const CLOSE_FROM = 0.32;
/** From further away it is not seen whether a line touches a mark, where there are many. */
const CAREFUL_FROM = 0.55;
const CROWD_CAREFUL_FROM = 1.2;
/** So few lines are drawn with all details from any distance. */
const FEW_LINKS = 300;

/** Whether lines have arrows, widths and colours of their own. */
export function isClose({ scale, scene }: Frame): boolean {
  return scale >= CLOSE_FROM || scene.links.length <= FEW_LINKS;
}

/** Whether all lines go round marks, not only those that matter. */
export function isCareful(frame: Pick<Frame, 'scale' | 'scene'>): boolean {
  return (
    frame.scale >= (isCrowd(frame) ? CROWD_CAREFUL_FROM : CAREFUL_FROM) ||
    (frame.scene.links.length <= FEW_LINKS && !isCrowd(frame))
  );
}

/** Whether so much is in the picture that only what matters can be loud. */
export function isCrowd({ scene }: Pick<Frame, 'scene'>): boolean {
  return scene.links.length > Math.max(120, 2.5 * scene.marks.size);
}

/** How strongly something is drawn. */
export function opacityOf(frame: Frame, id: string): number {
  return !frame.highlighted || frame.highlighted.has(id) ? 1 : 0.25;
}

/** Whether a line is pointed at or chosen. */
export function isStrong(frame: Frame, { id }: Pick<Link, 'id'>): boolean {
  return id === frame.selected || id === frame.hovered;
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

/** Whether two rectangles touch. */
export function touches(view: Rectangle, other: Rectangle): boolean {
  return (
    other.x + other.width > view.x &&
    other.x < view.x + view.width &&
    other.y + other.height > view.y &&
    other.y < view.y + view.height
  );
}
