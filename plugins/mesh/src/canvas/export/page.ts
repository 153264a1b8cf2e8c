import { boundsOf } from '../engine/camera';
import { isCareful, type Frame } from '../render/types';
import { Routes } from '../routes';
import type { Rectangle } from '../scene/types';
import type { Page, SharedSteps, ShownPicture } from './types';

const MARGIN = 48;
/** Room above the picture for title and subtitle, and below it for the legend. */
export const HEADER = 76;
export const FOOTER = 44;
/** A narrower page has no room for its caption. */
const SMALLEST = { width: 720, height: 240 };

/** A picture that is ready to be drawn somewhere else. */
export type PreparedPicture = {
  page: Page;
  frame: Omit<Frame, 'context'>;
};

/**
 * Finds the way of each line, and a page on which all of them have room.
 *
 * @returns undefined when there is nothing to draw
 */
export function* prepareSteps(
  shown: ShownPicture,
): SharedSteps<PreparedPicture | undefined> {
  const { scene, layout } = shown;
  let bounds = boundsOf(layout);
  if (!bounds) {
    return undefined;
  }
  const routes = new Routes(scene, layout);
  const { palette, words, edgeLabel, selected, highlighted } = shown;
  const frame = {
    scene,
    layout,
    routes,
    palette,
    words,
    edgeLabel,
    scale: 1,
    selected,
    hovered: undefined,
    highlighted,
  };
  const careful = isCareful(frame);
  for (const [index, link] of scene.links.entries()) {
    const route = routes.of(link, careful);
    bounds = route ? around(bounds, route.bounds) : bounds;
    yield (index + 1) / scene.links.length;
  }
  const picture = atLeast(
    {
      x: bounds.x - MARGIN,
      y: bounds.y - MARGIN,
      width: bounds.width + 2 * MARGIN,
      height: bounds.height + 2 * MARGIN,
    },
    SMALLEST,
  );
  const page = {
    picture,
    bounds: {
      ...picture,
      y: picture.y - HEADER,
      height: picture.height + HEADER + FOOTER,
    },
  };
  return { page, frame: { ...frame, view: picture } };
}

/** The rectangle around two. */
function around(one: Rectangle, other: Rectangle): Rectangle {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

/** A rectangle grown around its middle, rounded out to whole units. */
function atLeast(
  { x, y, width, height }: Rectangle,
  smallest: { width: number; height: number },
): Rectangle {
  const wide = Math.ceil(Math.max(width, smallest.width));
  const high = Math.ceil(Math.max(height, smallest.height));
  return {
    x: Math.floor(x - (wide - width) / 2),
    y: Math.floor(y - (high - height) / 2),
    width: wide,
    height: high,
  };
}
