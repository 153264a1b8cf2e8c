import { CLOSED_HALF, MARK_RADIUS } from '../scene/footprint';
import type { Mark, Point } from '../scene/types';
import type { Steps } from '../slices';
import { drawClosed } from './drawClosed';
import { drawLock } from './drawLock';
import { COMPARISON_GLYPHS, HEALTH_GLYPHS } from './glyphs';
import { traceHatching, traceShape } from './shapes';
import { shorten } from './shorten';
import { isInView, opacityOf, type Frame } from './types';

/** Below these scales a detail is too small to read. */
const LABELS_FROM = 0.42;
const DETAILS_FROM = 0.3;
const STRIDE = 24;

/** Nodes and closed boxes: shape, health as fill and glyph, ring of errors, name and chips. */
export function* markSteps(frame: Frame): Steps<void> {
  const { scene, layout, view, context } = frame;
  let count = 0;
  for (const [id, mark] of scene.marks) {
    count += 1;
    if (count % STRIDE === 0) {
      yield;
    }
    const place = layout.marks.get(id);
    if (place && isInView(view, place.x, place.y, CLOSED_HALF.width)) {
      drawMark(frame, mark, place);
    }
  }
  context.globalAlpha = 1;
}

/** Draws one mark at a place. */
export function drawMark(frame: Frame, mark: Mark, place: Point): void {
  const { context, palette, scale, selected, hovered } = frame;
  const { x, y } = place;
  context.globalAlpha =
    opacityOf(frame, mark.id) * (mark.comparison === 'gone' ? 0.55 : 1);
  if (mark.shape === 'group') {
    drawClosed(frame, mark, place);
    drawComparison(frame, mark, x - CLOSED_HALF.width, y - CLOSED_HALF.height);
    return;
  }
  const colours = palette.health[mark.health];
  const isStrong = mark.id === selected || mark.id === hovered;
  context.beginPath();
  traceShape(context, mark.shape, x, y);
  context.fillStyle = mark.health === 'idle' ? palette.surface : colours.fill;
  context.fill();
  context.setLineDash(
    mark.health === 'idle' || mark.shape === 'unknown' ? [3, 3] : [],
  );
  // From far away a healthy mark must still be seen.
  context.lineWidth = isStrong ? 3 : Math.max(1.6, Math.min(4, 0.9 / scale));
  context.strokeStyle = mark.id === selected ? palette.accent : colours.line;
  context.stroke();
  context.setLineDash([]);

  if (scale >= DETAILS_FROM) {
    drawInside(frame, mark, place);
  }
  if (scale >= LABELS_FROM || isStrong) {
    drawLabel(frame, mark, x, y);
  }
}

function drawInside(frame: Frame, mark: Mark, { x, y }: Point): void {
  const { context, palette } = frame;
  const colours = palette.health[mark.health];
  if (mark.shape === 'hidden') {
    traceHatching(context, x, y);
    context.lineWidth = 1;
    context.strokeStyle = palette.borderStrong;
    context.stroke();
  }
  drawRing(frame, mark, x, y);
  const glyph = mark.shape === 'hidden' ? '' : HEALTH_GLYPHS[mark.health];
  if (glyph) {
    context.font = `700 17px ${palette.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = colours.text;
    context.fillText(glyph, x, y + 1);
  }
  if (mark.isDead) {
    const reach = MARK_RADIUS * 1.25;
    context.beginPath();
    context.moveTo(x - reach, y + reach * 0.7);
    context.lineTo(x + reach, y - reach * 0.7);
    context.lineWidth = 2.2;
    context.strokeStyle = palette.text;
    context.stroke();
  }
  if (mark.isOpen) {
    drawLock(frame, x + MARK_RADIUS * 0.85, y - MARK_RADIUS * 0.85, 'open');
  }
  drawComparison(frame, mark, x - MARK_RADIUS, y - MARK_RADIUS);
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

/** A badge that tells how it differs from another moment. */
function drawComparison(frame: Frame, mark: Mark, x: number, y: number): void {
  if (!mark.comparison) {
    return;
  }
  const { context, palette } = frame;
  const isBad =
    mark.comparison === 'more-errors' || mark.comparison === 'slower';
  context.beginPath();
  context.arc(x, y, 9, 0, Math.PI * 2);
  context.fillStyle = isBad ? palette.health.failing.fill : palette.surface;
  context.fill();
  context.lineWidth = 1.4;
  context.strokeStyle = isBad ? palette.health.failing.line : palette.text;
  context.stroke();
  context.font = `700 12px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = isBad ? palette.health.failing.text : palette.text;
  context.fillText(COMPARISON_GLYPHS[mark.comparison], x, y + 0.5);
}

function drawLabel(frame: Frame, mark: Mark, x: number, y: number): void {
  const { context, palette } = frame;
  // Names keep a readable size for as long as they fit beside each other.
  const size = Math.min(17, Math.max(12, 11.5 / frame.scale));
  context.font = `${size}px ${palette.font}`;
  context.textBaseline = 'alphabetic';
  const chips = mark.chips.map(text => ({
    text,
    width: context.measureText(text).width * 0.85 + 12,
  }));
  const beside = chips.reduce((sum, { width }) => sum + width + 4, 0);
  const label = shorten(context, mark.label, 122 - beside);
  const width = context.measureText(label).width;
  const left = x - (width + beside) / 2;
  const baseline = y + MARK_RADIUS + size + 6;
  // A halo keeps the name readable over edges.
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = mark.view.parent ? palette.boxFill : palette.background;
  context.textAlign = 'left';
  context.strokeText(label, left, baseline);
  context.fillStyle = palette.text;
  context.fillText(label, left, baseline);
  let at = left + width + 4;
  for (const chip of chips) {
    context.beginPath();
    context.roundRect(at, baseline - size, chip.width, size + 4, 8);
    context.fillStyle = palette.surface;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = palette.borderStrong;
    context.stroke();
    context.font = `${size * 0.85}px ${palette.font}`;
    context.textAlign = 'center';
    context.fillStyle = palette.text;
    context.fillText(chip.text, at + chip.width / 2, baseline - 0.5);
    at += chip.width + 4;
  }
}
