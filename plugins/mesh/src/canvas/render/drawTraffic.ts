import { pointAt } from '../scene/curves';
import type { Link } from '../scene/types';
import { isInView, type Frame } from './types';

/** Too many dots say nothing and cost frames. */
const LONGEST_LINKS = 900;
const SHOWN_FROM = 0.28;
const MOST_DOTS = 9;

/** Dots on an edge: more of them for more requests, on a log scale. */
export function dotCount(requestsPerSecond: number): number {
  return requestsPerSecond <= 0
    ? 0
    : Math.min(MOST_DOTS, Math.ceil(Math.log2(1 + requestsPerSecond)));
}

/**
 * Seconds that a dot takes along its edge: about one for a millisecond and
 * four for a second, so that what is slow looks slow.
 */
export function dotSeconds(p95Milliseconds: number | undefined): number {
  const latency = Math.max(1, p95Milliseconds ?? 20);
  return Math.min(6, 1 + Math.log10(latency));
}

/** How many of the dots stand for failed requests; one at least when some fail. */
export function failedDots(link: Link, dots: number): number {
  return link.errorShare < 0.001
    ? 0
    : Math.min(dots, Math.max(1, Math.round(dots * link.errorShare)));
}

/** Whether there is anything that moves. */
export function hasTraffic(frame: Frame): boolean {
  return frame.scale >= SHOWN_FROM && frame.scene.links.length <= LONGEST_LINKS;
}

/** Requests on their way; failed ones are crosses. */
export function drawTraffic(frame: Frame): void {
  const { context, scene, curves, palette, time, view } = frame;
  if (!hasTraffic(frame)) {
    return;
  }
  for (const [index, link] of scene.links.entries()) {
    const curve = curves.get(link.id);
    const dots = dotCount(link.requestsPerSecond);
    const isFaded = frame.highlighted && !frame.highlighted.has(link.id);
    if (!curve || dots === 0 || isFaded) {
      continue;
    }
    const failed = failedDots(link, dots);
    const travelled = time / 1000 / dotSeconds(link.p95Milliseconds);
    for (let dot = 0; dot < dots; dot++) {
      // Edges do not pulse in step.
      const t = (travelled + dot / dots + index * 0.37) % 1;
      const at = pointAt(curve, t);
      if (!isInView(view, at.x, at.y, 4)) {
        continue;
      }
      if (dot < failed) {
        drawCross(context, at.x, at.y, palette.health.failing.line);
      } else {
        context.beginPath();
        context.arc(at.x, at.y, 2.4, 0, Math.PI * 2);
        context.fillStyle = palette.text;
        context.fill();
      }
    }
  }
}

function drawCross(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  colour: string,
): void {
  const size = 3.4;
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x + size, y - size);
  context.lineTo(x - size, y + size);
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.stroke();
}
