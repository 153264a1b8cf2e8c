import type { PaintContext } from '../render/paintContext';
import type { Palette } from '../render/palette';
import { shorten } from '../render/shorten';
import { FOOTER, HEADER } from './page';
import type { Caption, Page } from './types';

const INDENT = 24;

/** Title, time and scope above a picture, and what its signs mean below it. */
export function drawCaption(
  context: PaintContext,
  { bounds }: Page,
  caption: Caption,
  palette: Palette,
): void {
  const room = bounds.width - 2 * INDENT;
  const write = (text: string, y: number, font: string, colour: string) => {
    context.font = `${font} ${palette.font}`;
    context.fillStyle = colour;
    context.fillText(shorten(context, text, room), bounds.x + INDENT, y);
  };
  context.globalAlpha = 1;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const top = bounds.y;
  const bottom = bounds.y + bounds.height;
  write(caption.title, top + HEADER / 2, '600 22px', palette.text);
  write(caption.subtitle, top + HEADER - 14, '14px', palette.textSoft);
  write(caption.legend, bottom - FOOTER / 2 + 5, '13px', palette.textSoft);
}
