import type { Route } from '../routes';
import type { Link } from '../scene/types';
import type { Steps } from '../slices';
import type { PaintContext } from './paintContext';
import {
  isCareful,
  isClose,
  isCrowd,
  isStrong,
  opacityOf,
  touches,
  type Frame,
} from './types';

/** Lines between two looks at the clock. */
const STRIDE = 24;
/** Thin lines of one look are drawn as one path; longer paths cost more, not less. */
const TOGETHER = 48;

/** Quiet lines far away: one colour and one width for many of them. */
class Bundle {
  readonly #frame: Frame;
  #count = 0;

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  add(link: Link, route: Route): void {
    const { context, highlighted } = this.#frame;
    if (highlighted && !highlighted.has(link.id)) {
      return;
    }
    if (this.#count === 0) {
      context.beginPath();
    }
    const { controls } = route;
    context.moveTo(controls[0].x, controls[0].y);
    for (let at = 1; at < controls.length; at++) {
      context.lineTo(controls[at].x, controls[at].y);
    }
    this.#count += 1;
    if (this.#count === TOGETHER) {
      this.end();
    }
  }

  end(): void {
    if (this.#count > 0) {
      const { context, palette, scale, highlighted } = this.#frame;
      context.globalAlpha = highlighted ? 0.5 : 0.14;
      context.strokeStyle = palette.edge;
      context.lineWidth = 1 / scale;
      context.stroke();
      this.#count = 0;
    }
  }
}

/** Lines: width means rate, colour and label errors, dashes TCP. */
export function* linkSteps(frame: Frame): Steps<void> {
  const loud: Link[] = [];
  const bundle = new Bundle(frame);
  const close = isClose(frame);
  const careful = isCareful(frame);
  let count = 0;
  for (const link of frame.scene.links) {
    count += 1;
    if (count % STRIDE === 0) {
      yield;
    }
    if (isStrong(frame, link) || link.health === 'failing' || link.comparison) {
      loud.push(link);
      continue;
    }
    const route = frame.routes.of(link, careful);
    if (route && touches(frame.view, route.bounds)) {
      if (close || link.health === 'degraded') {
        drawLink(frame, link, route);
      } else {
        bundle.add(link, route);
      }
    }
  }
  bundle.end();
  yield;
  // What matters lies above the rest.
  for (const link of loud) {
    const route = frame.routes.of(link, close);
    if (route && touches(frame.view, route.bounds)) {
      drawLink(frame, link, route);
      yield;
    }
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

/** Draws one line with everything that belongs to it, except its label. */
export function drawLink(frame: Frame, link: Link, route: Route): void {
  const { context, palette, scale } = frame;
  const strong = isStrong(frame, link);
  const isBad = link.health === 'failing' || link.health === 'degraded';
  // Many lines at once must not be one grey; what is bad or heavy stays.
  const crowd = isCrowd(frame) ? 0.08 + 0.045 * link.width : 0.5;
  const quiet = scale < 0.3 ? Math.min(crowd, 0.2) : crowd;
  context.globalAlpha =
    (strong || isBad || link.comparison ? 1 : quiet) *
    opacityOf(frame, link.id);
  const colour = colourOf(frame, link);
  // From far away a line must still be one.
  const width = Math.max(link.width, Math.min(1, 0.8 / scale));
  context.strokeStyle = colour;
  context.lineWidth = width + (strong ? 1.5 : 0);
  context.setLineDash(dashOf(link));
  trace(context, route);
  context.stroke();
  context.setLineDash([]);
  if (link.isDouble) {
    // A thin line of the background inside makes two of one.
    context.strokeStyle = palette.background;
    context.lineWidth = Math.max(0.8, width / 3);
    trace(context, route);
    context.stroke();
  }
  drawArrow(context, route, colour, width);
}

function dashOf(link: Link): number[] {
  if (link.comparison === 'gone') {
    return [2, 6];
  }
  return link.isDashed ? [6, 5] : [];
}

function trace(context: PaintContext, route: Route): void {
  context.beginPath();
  context.moveTo(route.from.x, route.from.y);
  if (route.controls.length === 2) {
    context.lineTo(route.to.x, route.to.y);
  }
  for (const [control, end] of route.bends()) {
    context.quadraticCurveTo(control.x, control.y, end.x, end.y);
  }
}

function drawArrow(
  context: PaintContext,
  route: Route,
  colour: string,
  width: number,
): void {
  const { to: tip, controls } = route;
  const before = controls[controls.length - 2];
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
