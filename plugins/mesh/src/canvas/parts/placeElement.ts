import { toScreen, type Camera } from '../engine/camera';
import { CLOSED_HALF, MARK_RADIUS } from '../scene/footprint';
import type { Mark, Point, Rectangle } from '../scene/types';

/** What an element is to the mark, line or box that it stands for. */
export type Role = 'mark' | 'card' | 'toggle';

/** Half the size of the element of a line, and the least of any, in pixels: large enough to be hit. */
const LEAST = 12;
const TOGGLE = 24;
const CARD_WIDTH = 240;

/** Where things are while a frame is drawn. */
export type Setting = {
  camera: Camera;
  size: { width: number; height: number };
  mark: Mark | undefined;
  place: Point | undefined;
  /** Set for an open box. */
  box: Rectangle | undefined;
};

/** Moves a real element to what it stands for; without a place it is hidden. */
export function placeElement(
  element: HTMLElement,
  role: Role,
  setting: Setting,
): void {
  const { camera, size, mark, place, box } = setting;
  const at = box ?? place;
  element.style.visibility = at ? '' : 'hidden';
  if (!at) {
    return;
  }
  const half = halfSize(mark, camera.k);
  const { x, y } = toScreen(camera, at);
  const { style } = element;
  const put = (left: number, top: number) => {
    style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  };
  if (role === 'mark') {
    style.width = `${2 * half.width}px`;
    style.height = `${2 * half.height}px`;
    style.transform = `translate(${x - half.width}px, ${y - half.height}px)`;
    style.borderRadius = mark?.shape === 'group' ? '8px' : '';
  } else if (role === 'toggle') {
    // On the corner, where it covers neither a name nor a mark.
    const right = box ? x + box.width * camera.k : x + half.width;
    const top = box ? y : y - half.height;
    put(
      within(right - TOGGLE / 2, size.width - TOGGLE),
      within(top - TOGGLE / 2, size.height - TOGGLE),
    );
  } else {
    const below = y + half.height + (mark ? 26 * camera.k : 0) + 6;
    const height = element.offsetHeight;
    const isBelow = below + height < size.height;
    put(
      within(x - CARD_WIDTH / 2, size.width - CARD_WIDTH - 4),
      within(isBelow ? below : y - half.height - height - 8, size.height),
    );
  }
}

function halfSize(mark: Mark | undefined, scale: number) {
  if (!mark) {
    return { width: LEAST, height: LEAST };
  }
  const half =
    mark.shape === 'group'
      ? CLOSED_HALF
      : { width: MARK_RADIUS + 6, height: MARK_RADIUS + 6 };
  return { width: half.width * scale, height: half.height * scale };
}

function within(value: number, most: number): number {
  return Math.max(4, Math.min(value, most));
}
