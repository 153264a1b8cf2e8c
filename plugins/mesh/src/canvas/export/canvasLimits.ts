/** Pixels of a PNG for each unit of the world. */
export const PNG_SCALE = 2;

/**
 * What a canvas may have where all current browsers still draw on it: side
 * and area in pixels. Larger ones stay empty without a word.
 *
 * @see https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/canvas#maximum_canvas_size
 */
export const CANVAS_LIMITS = { side: 16_384, area: 268_435_456 } as const;

/** Whether a page of so many units can be drawn as a PNG. */
export function fitsCanvas(page: { width: number; height: number }): boolean {
  const width = page.width * PNG_SCALE;
  const height = page.height * PNG_SCALE;
  return (
    Math.max(width, height) <= CANVAS_LIMITS.side &&
    width * height <= CANVAS_LIMITS.area
  );
}
