import type { Link } from '../scene/types';
import {
  isCrowd,
  isInView,
  touches,
  type Frame,
  type ScreenFrame,
} from './types';

/** Too many dots say nothing and cost frames. */
const MOST_LINKS = 900;
const SHOWN_FROM = 0.28;
const MOST_DOTS = 9;
const CALM_BELOW = 1.1;

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
export function failedDots(
  link: Pick<Link, 'errorShare'>,
  dots: number,
): number {
  return link.errorShare < 0.001
    ? 0
    : Math.min(dots, Math.max(1, Math.round(dots * link.errorShare)));
}

/** Whether there is anything that moves. */
export function hasTraffic(frame: Frame): boolean {
  return frame.scale >= SHOWN_FROM;
}

/**
 * Requests on their way; failed ones are crosses.
 *
 * @param time - milliseconds, of any clock
 */
export function drawTraffic(frame: ScreenFrame, time: number): void {
  const { scene, routes, view } = frame;
  if (!hasTraffic(frame)) {
    return;
  }
  const crosses = new Path2D();
  const dots = new Path2D();
  // Among very many lines, dots everywhere would hide the crosses.
  const isCalm = isCrowd(frame) && frame.scale < CALM_BELOW;
  let shown = 0;
  for (const [index, link] of scene.links.entries()) {
    const isFaded = frame.highlighted
      ? !frame.highlighted.has(link.id)
      : isCalm && link.errorShare < 0.001;
    const count = isFaded ? 0 : dotCount(link.requestsPerSecond);
    const route = count > 0 ? routes.known(link) : undefined;
    if (!route || !touches(view, route.bounds)) {
      continue;
    }
    shown += 1;
    if (shown > MOST_LINKS) {
      break;
    }
    const failed = failedDots(link, count);
    const travelled = time / 1000 / dotSeconds(link.p95Milliseconds);
    for (let dot = 0; dot < count; dot++) {
      // Edges do not pulse in step.
      const { x, y } = route.at((travelled + dot / count + index * 0.37) % 1);
      if (!isInView(view, x, y, 4)) {
        continue;
      }
      if (dot < failed) {
        addCross(crosses, x, y);
      } else {
        dots.moveTo(x + 2.4, y);
        dots.arc(x, y, 2.4, 0, Math.PI * 2);
      }
    }
  }
  paint(frame, dots, crosses);
}

function addCross(path: Path2D, x: number, y: number): void {
  const size = 3.4;
  path.moveTo(x - size, y - size);
  path.lineTo(x + size, y + size);
  path.moveTo(x + size, y - size);
  path.lineTo(x - size, y + size);
}

function paint(
  { context, palette }: ScreenFrame,
  dots: Path2D,
  crosses: Path2D,
): void {
  context.fillStyle = palette.text;
  context.fill(dots);
  context.lineWidth = 2;
  context.strokeStyle = palette.health.failing.line;
  context.stroke(crosses);
}
