import type { PanelData } from '../panelData';
import { Raster } from './png';
import { COLOURS, scaleOf, type Theme } from './scale';

/** A panel as a PNG: its grid and its lines, without words. */
export function panelPng(
  data: PanelData,
  theme: Theme,
  width: number,
  height: number,
): Buffer {
  const picture = new Raster(width, height, theme.background);
  const box = { left: 20, top: 12, width: width - 40, height: height - 24 };
  const { x, y, ticks } = scaleOf(data, box);
  for (const tick of ticks) {
    picture.line(
      [box.left, y(tick)],
      [box.left + box.width, y(tick)],
      theme.grid,
    );
  }
  data.lines.forEach(({ times, values }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    for (let at = 1; at < values.length; at++) {
      const [before, value] = [values[at - 1], values[at]];
      if (!Number.isFinite(before) || !Number.isFinite(value)) continue;
      picture.line(
        [x(times[at - 1]), y(before)],
        [x(times[at]), y(value)],
        colour,
      );
    }
  });
  return picture.png();
}
