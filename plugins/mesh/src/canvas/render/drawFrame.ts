import { drawBoxes } from './drawBoxes';
import { drawLinkLabels, drawLinks } from './drawLinks';
import { drawMarks } from './drawMarks';
import { drawTraffic } from './drawTraffic';
import type { Frame } from './types';

/** Draws everything, from the back to the front. */
export function drawFrame(frame: Frame, showTraffic: boolean): void {
  drawBoxes(frame);
  drawLinks(frame);
  if (showTraffic) {
    drawTraffic(frame);
  }
  drawMarks(frame);
  drawLinkLabels(frame);
}
