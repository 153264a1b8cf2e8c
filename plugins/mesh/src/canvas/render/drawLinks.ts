import { pointAt, type Curve } from '../scene/curves';
import type { Link } from '../scene/types';
import { isInView, opacityOf, type Frame } from './types';

const LABELS_FROM = 0.62;
/** Labels of what is wrong are worth reading from further away. */
const BAD_LABELS_FROM = 0.42;

/** Edges: width means rate, colour and label errors, dashes TCP. */
export function drawLinks(frame: Frame): void {
  const strong: Link[] = [];
  for (const link of frame.scene.links) {
    const isStrong =
      link.id === frame.selected ||
      link.id === frame.hovered ||
      link.health === 'failing';
    if (isStrong) {
      strong.push(link);
    } else {
      drawLink(frame, link);
    }
  }
  // What matters lies above the rest.
  for (const link of strong) {
    drawLink(frame, link);
  }
  frame.context.globalAlpha = 1;
}

function colourOf(frame: Frame, link: Link): string {
  const { palette } = frame;
  if (link.id === frame.selected) {
    return palette.accent;
  }
  if (link.health === 'failing' || link.health === 'degraded') {
    return palette.health[link.health].line;
  }
  return palette.edge;
}

function drawLink(frame: Frame, link: Link): void {
  const { context, curves, view, palette } = frame;
  const curve = curves.get(link.id);
  if (!curve || !isCurveInView(curve, view)) {
    return;
  }
  const isStrong = link.id === frame.selected || link.id === frame.hovered;
  const isBad = link.health === 'failing' || link.health === 'degraded';
  // From far away thousands of lines would be one grey; what is bad stays.
  const quiet = frame.scale < 0.3 ? 0.12 : 0.5;
  const full = isStrong || isBad ? 1 : quiet;
  context.globalAlpha = full * opacityOf(frame, link.id);
  const colour = colourOf(frame, link);
  context.strokeStyle = colour;
  context.lineWidth = link.width + (isStrong ? 1.5 : 0);
  context.setLineDash(link.isDashed ? [6, 5] : []);
  trace(context, curve);
  context.stroke();
  context.setLineDash([]);
  if (link.isDouble) {
    // A thin line of the background inside makes two of one.
    context.strokeStyle = palette.background;
    context.lineWidth = Math.max(0.8, link.width / 3);
    trace(context, curve);
    context.stroke();
  }
  drawArrow(context, curve, colour, link.width);
}

function trace(context: CanvasRenderingContext2D, curve: Curve): void {
  const { from, first, second, to } = curve;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.bezierCurveTo(first.x, first.y, second.x, second.y, to.x, to.y);
}

function drawArrow(
  context: CanvasRenderingContext2D,
  curve: Curve,
  colour: string,
  width: number,
): void {
  const tip = curve.to;
  const before = pointAt(curve, 0.94);
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  const size = 6 + width;
  context.beginPath();
  context.moveTo(tip.x + Math.cos(angle) * 4, tip.y + Math.sin(angle) * 4);
  for (const side of [2.6, -2.6]) {
    context.lineTo(
      tip.x + Math.cos(angle + side) * size,
      tip.y + Math.sin(angle + side) * size,
    );
  }
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

function isCurveInView(curve: Curve, view: Frame['view']): boolean {
  const middle = pointAt(curve, 0.5);
  const reach =
    Math.max(
      Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y),
      80,
    ) / 2;
  return isInView(view, middle.x, middle.y, reach + 40);
}

/** Labels of edges, after everything else so that nothing covers them. */
export function drawLinkLabels(frame: Frame): void {
  const { context, scene, curves, scale, palette, view } = frame;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const size = Math.min(16, Math.max(11, 10.5 / scale));
  for (const link of scene.links) {
    const isBad = link.health === 'failing';
    const isStrong = link.id === frame.selected || link.id === frame.hovered;
    const isRelated = frame.highlighted?.has(link.id) ?? true;
    const isWanted =
      isStrong ||
      (isRelated && scale >= (isBad ? BAD_LABELS_FROM : LABELS_FROM));
    const curve = curves.get(link.id);
    if (!link.label || !isWanted || !curve) {
      continue;
    }
    // Not in the middle, where edges of a pair cross.
    const point = pointAt(curve, 0.56);
    // Beside the line, not on it.
    const at = { x: point.x, y: point.y - size * 0.9 };
    if (!isInView(view, at.x, at.y, 60)) {
      continue;
    }
    context.font = `${isBad ? 600 : 400} ${size}px ${palette.font}`;
    context.lineWidth = 4;
    context.strokeStyle = palette.boxFill;
    context.strokeText(link.label, at.x, at.y);
    context.fillStyle =
      link.health === 'failing' || link.health === 'degraded'
        ? palette.health[link.health].text
        : palette.textSoft;
    context.fillText(link.label, at.x, at.y);
  }
}
