import type { PaintContext } from './paintContext';

/** The text, cut with an ellipsis where it is wider than so many units. */
export function shorten(
  context: Pick<PaintContext, 'measureText'>,
  text: string,
  width: number,
): string {
  if (context.measureText(text).width <= width) {
    return text;
  }
  let fits = 1;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) {
      fits = middle;
    } else {
      tooLong = middle;
    }
  }
  return `${text.slice(0, fits)}…`;
}
