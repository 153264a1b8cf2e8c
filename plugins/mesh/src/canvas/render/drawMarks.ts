import { MARK_RADIUS } from '../scene/curves';
import type { Mark, Point } from '../scene/types';
import { HEALTH_GLYPHS } from './glyphs';
import { traceShape } from './shapes';
import { isInView, opacityOf, type Frame } from './types';

/** Below these scales a detail is too small to read. */
const LABELS_FROM = 0.42;
const DETAILS_FROM = 0.3;

/** Nodes: shape, health as fill and glyph, ring of errors, name and version. */
export function drawMarks(frame: Frame): void {
  const { scene, layout, view } = frame;
  for (const [id, mark] of scene.marks) {
    const place = layout.marks.get(id);
    if (place && isInView(view, place.x, place.y, 70)) {
      frame.context.globalAlpha = opacityOf(frame, id);
      drawMark(frame, mark, place);
    }
  }
  frame.context.globalAlpha = 1;
}

function drawMark(frame: Frame, mark: Mark, { x, y }: Point): void {
  const { context, palette, scale, selected, hovered } = frame;
  const colours = palette.health[mark.health];
  const isStrong = mark.id === selected || mark.id === hovered;
  context.beginPath();
  traceShape(context, mark.shape, x, y);
  context.fillStyle = mark.health === 'idle' ? palette.surface : colours.fill;
  context.fill();
  context.setLineDash(
    mark.health === 'idle' || mark.shape === 'unknown' ? [3, 3] : [],
  );
  context.lineWidth = isStrong ? 3 : 1.6;
  context.strokeStyle = mark.id === selected ? palette.accent : colours.line;
  context.stroke();
  context.setLineDash([]);

  if (scale >= DETAILS_FROM) {
    drawRing(frame, mark, x, y);
    const glyph = HEALTH_GLYPHS[mark.health];
    if (glyph) {
      context.font = `700 17px ${palette.font}`;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillStyle = colours.text;
      context.fillText(glyph, x, y + 1);
    }
    if (mark.isOpen) {
      drawOpenLock(frame, x + MARK_RADIUS * 0.85, y - MARK_RADIUS * 0.85);
    }
  }
  if (scale >= LABELS_FROM || isStrong) {
    drawLabel(frame, mark, x, y);
  }
}

/** The share of errors as part of a full turn, beginning at the top. */
function drawRing(frame: Frame, mark: Mark, x: number, y: number): void {
  if (mark.errorShare <= 0.001) {
    return;
  }
  const { context, palette } = frame;
  const start = -Math.PI / 2;
  context.beginPath();
  context.arc(
    x,
    y,
    MARK_RADIUS + 4,
    start,
    start + Math.PI * 2 * Math.min(1, mark.errorShare),
  );
  context.lineWidth = 2.5;
  context.strokeStyle = palette.health.failing.line;
  context.stroke();
}

function drawOpenLock(frame: Frame, x: number, y: number): void {
  const { context, palette } = frame;
  context.fillStyle = palette.surface;
  context.strokeStyle = palette.textSoft;
  context.lineWidth = 1.3;
  context.beginPath();
  context.arc(x - 3, y - 3, 3, Math.PI, Math.PI * 1.9);
  context.stroke();
  context.beginPath();
  context.roundRect(x - 5, y - 2, 10, 8, 1.5);
  context.fill();
  context.stroke();
}

function drawLabel(frame: Frame, mark: Mark, x: number, y: number): void {
  const { context, palette } = frame;
  // Names keep a readable size for as long as they fit beside each other.
  const size = Math.min(17, Math.max(12, 11.5 / frame.scale));
  context.font = `${size}px ${palette.font}`;
  context.textBaseline = 'alphabetic';
  const chip = mark.version;
  const chipWidth = chip ? context.measureText(chip).width * 0.85 + 12 : 0;
  const label = shorten(context, mark.label, 122 - chipWidth);
  const width = context.measureText(label).width;
  const total = width + (chip ? chipWidth + 4 : 0);
  const left = x - total / 2;
  const baseline = y + MARK_RADIUS + size + 6;
  // A halo keeps the name readable over edges.
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = mark.box ? palette.boxFill : palette.background;
  context.textAlign = 'left';
  context.strokeText(label, left, baseline);
  context.fillStyle = palette.text;
  context.fillText(label, left, baseline);
  if (chip) {
    const at = left + width + 4;
    context.beginPath();
    context.roundRect(at, baseline - size, chipWidth, size + 4, 8);
    context.fillStyle = palette.surface;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = palette.borderStrong;
    context.stroke();
    context.font = `${size * 0.85}px ${palette.font}`;
    context.textAlign = 'center';
    context.fillStyle = palette.text;
    context.fillText(chip, at + chipWidth / 2, baseline - 0.5);
  }
}

/** The text, cut with an ellipsis where it is too wide. */
function shorten(
  context: CanvasRenderingContext2D,
  text: string,
  width: number,
): string {
  if (context.measureText(text).width <= width) {
    return text;
  }
  let length = text.length - 1;
  while (
    length > 1 &&
    context.measureText(`${text.slice(0, length)}…`).width > width
  ) {
    length -= 1;
  }
  return `${text.slice(0, length)}…`;
}
