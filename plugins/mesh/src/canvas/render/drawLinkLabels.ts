import type { Route } from '../routes';
import { linkLabel } from '../scene/texts';
import type { Link, Point } from '../scene/types';
import type { Steps } from '../slices';
import { COMPARISON_GLYPHS } from './glyphs';
import { drawLock } from './drawLock';
import { Occupied } from './Occupied';
import { isCareful, isCrowd, isInView, isStrong, type Frame } from './types';

const LABELS_FROM = 0.62;
/** Labels of what is wrong are worth reading from further away. */
const BAD_LABELS_FROM = 0.42;
const LOCKS_FROM = 0.9;
const CROWD_FROM = 1.3;
const STRIDE = 12;
/** What most labels need, in pixels. */
const LABEL_ROOM = { width: 78, height: 16 };
/** Along the way: not in the middle, where edges of a pair cross. */
const AT = 0.56;

/** Labels of lines, after everything else so that nothing covers them. */
export function* linkLabelSteps(frame: Frame): Steps<void> {
  const { context, scene, scale, routes } = frame;
  // In a crowd only what matters, or is near what was chosen, has a say.
  const isNoisy = isCrowd(frame) && scale < CROWD_FROM;
  if (scale < BAD_LABELS_FROM && !scene.links.some(isWanted)) {
    return;
  }
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const careful = isCareful(frame);
  const taken = new Occupied(frame);
  let count = 0;
  // What matters takes its room first; the rest is written where some is left.
  for (const isFirst of [true, false]) {
    for (const link of scene.links) {
      count += 1;
      if (count % STRIDE === 0) {
        yield;
      }
      if (isLoud(link) !== isFirst || !isWanted(link)) {
        continue;
      }
      const route = routes.of(link, careful || isFirst);
      const point = route?.at(AT);
      if (route && point && isInView(frame.view, point.x, point.y, 60)) {
        // The text itself is only written where there is room for one.
        if (taken.take(point, LABEL_ROOM) || isStrong(frame, link)) {
          drawDetails(frame, link, route, point);
        }
      }
    }
  }

  function isLoud(link: Link): boolean {
    return (
      isStrong(frame, link) ||
      link.health === 'failing' ||
      link.comparison !== undefined
    );
  }

  function isWanted(link: Link): boolean {
    const isBad = link.health === 'failing' || link.comparison !== undefined;
    const isRelated = frame.highlighted?.has(link.id) ?? (!isNoisy || isBad);
    return (
      isStrong(frame, link) ||
      (isRelated && scale >= (isBad ? BAD_LABELS_FROM : LABELS_FROM))
    );
  }
}

const labels = new WeakMap<Link, { kind: string; text: string }>();

/** Writing numbers costs more than drawing them: once for each state of a line. */
function labelOf(link: Link, { words, edgeLabel }: Frame): string {
  const known = labels.get(link);
  if (known?.kind === edgeLabel) {
    return known.text;
  }
  const text = linkLabel(link, edgeLabel, words.format);
  labels.set(link, { kind: edgeLabel, text });
  return text;
}

/** Draws what stands beside a line. */
export function drawDetails(
  frame: Frame,
  link: Link,
  route: Route,
  point: Point = route.at(AT),
): void {
  const { context, palette, scale } = frame;
  const size = Math.min(16, Math.max(11, 10.5 / scale));
  const glyph = link.comparison ? COMPARISON_GLYPHS[link.comparison] : '';
  const label = [glyph, labelOf(link, frame)].filter(Boolean).join(' ');
  const isBad = link.health === 'failing' || link.health === 'degraded';
  // Beside the line, not on it.
  const at = { x: point.x, y: point.y - size * 0.9 };
  if (label) {
    context.font = `${isBad ? 600 : 400} ${size}px ${palette.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = palette.boxFill;
    context.strokeText(label, at.x, at.y);
    context.fillStyle =
      link.health === 'failing' || link.health === 'degraded'
        ? palette.health[link.health].text
        : palette.textSoft;
    context.fillText(label, at.x, at.y);
  }
  if (link.lock && (link.lock === 'open' || scale >= LOCKS_FROM)) {
    const spot = route.at(0.16);
    drawLock(frame, spot.x, spot.y, link.lock);
  }
}
