import { CLOSED_HALF } from '../scene/footprint';
import { closedText } from '../scene/texts';
import type { Mark, Point } from '../scene/types';
import { HEALTH_GLYPHS } from './glyphs';
import { shorten } from './shorten';
import type { Frame } from './types';

const TEXT_FROM = 0.2;
const RADIUS = 8;
/** Sheets behind it say that there is more inside. */
const SHEET = 4;

/** A closed box: its name, its health, how many nodes it holds and what fails among them. */
export function drawClosed(frame: Frame, mark: Mark, { x, y }: Point): void {
  const { context, palette, scale, selected, hovered, words } = frame;
  const { width, height } = CLOSED_HALF;
  const colours = palette.health[mark.health];
  const isStrong = mark.id === selected || mark.id === hovered;
  const sheet = (by: number) => {
    context.beginPath();
    context.roundRect(
      x - width + by,
      y - height - by,
      2 * width,
      2 * height,
      RADIUS,
    );
  };
  const line = mark.id === selected ? palette.accent : colours.line;
  sheet(SHEET);
  context.fillStyle = palette.surface;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.line;
  context.stroke();
  sheet(0);
  context.fillStyle = colours.fill;
  context.fill();
  context.lineWidth = isStrong ? 3 : 1.6;
  context.strokeStyle = line;
  context.stroke();
  if (scale < TEXT_FROM) {
    return;
  }
  const size = Math.min(22, Math.max(14, 12 / scale));
  const glyph = HEALTH_GLYPHS[mark.health];
  const left = x - width + 12;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.font = `700 ${size}px ${palette.font}`;
  const offset = glyph ? size * 1.15 : 0;
  context.fillStyle = colours.text;
  context.fillText(glyph, left, y - 3);
  context.fillStyle = palette.text;
  context.fillText(
    shorten(context, mark.label || words.outside, 2 * width - 24 - offset),
    left + offset,
    y - 3,
  );
  if (scale >= TEXT_FROM * 1.6) {
    const small = Math.min(16, Math.max(12, 10.5 / scale));
    context.font = `${small}px ${palette.font}`;
    context.fillStyle =
      mark.health === 'failing' ? colours.text : palette.textSoft;
    context.fillText(
      shorten(context, closedText(mark, words), 2 * width - 24),
      left,
      y + small + 4,
    );
  }
}
