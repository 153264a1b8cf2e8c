import type { Point } from '../scene/types';
import { drawDetails } from './drawLinkLabels';
import { drawLink } from './drawLinks';
import { drawMark } from './drawMarks';
import type { Frame } from './types';

/**
 * What changes faster than the picture below it: the mark or line that is
 * pointed at, or a mark that is being taken to another place.
 */
export function drawOverlay(
  frame: Frame,
  held?: { id: string; place: Point },
): void {
  const { context, scene, layout, routes, palette, hovered } = frame;
  if (held) {
    const mark = scene.marks.get(held.id);
    const from = layout.marks.get(held.id);
    if (mark && from) {
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(held.place.x, held.place.y);
      context.setLineDash([4, 4]);
      context.lineWidth = 1.5 / frame.scale;
      context.strokeStyle = palette.accent;
      context.stroke();
      context.setLineDash([]);
      drawMark({ ...frame, hovered: held.id }, mark, held.place);
    }
    return;
  }
  if (hovered === undefined) {
    return;
  }
  const mark = scene.marks.get(hovered);
  const place = layout.marks.get(hovered);
  if (mark && place) {
    drawMark(frame, mark, place);
    return;
  }
  const route = routes.known({ id: hovered });
  const link = route && scene.links.find(({ id }) => id === hovered);
  if (link && route) {
    drawLink(frame, link, route);
    context.globalAlpha = 1;
    drawDetails(frame, link, route);
  }
}
