import type { PanelData } from '../panelData';
import { COLOURS, formatValue, scaleOf, type Theme } from './scale';

const rgb = (colour: readonly [number, number, number]) =>
  `rgb(${colour.join(',')})`;

/** Text that cannot be taken for markup. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

function path(
  times: readonly number[],
  values: readonly number[],
  x: (time: number) => number,
  y: (value: number) => number,
): string {
  let drawn = '';
  let pen = 'M';
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      pen = 'M';
      return;
    }
    drawn += `${pen}${x(times[index]).toFixed(1)},${y(value).toFixed(1)}`;
    pen = 'L';
  });
  return drawn;
}

function timeLabel(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** A panel as a picture of lines. */
export function panelSvg(
  data: PanelData,
  theme: Theme,
  width = 800,
  height = 320,
): string {
  const legendHeight = Math.min(Math.ceil(data.lines.length / 2), 4) * 18;
  const box = {
    left: 70,
    top: 10,
    width: width - 90,
    height: height - 45 - legendHeight,
  };
  const { x, y, ticks } = scaleOf(data, box);
  const text = rgb(theme.text);
  const grid = ticks
    .map(
      tick =>
        `<line x1="${box.left}" x2="${box.left + box.width}" y1="${y(
          tick,
        )}" y2="${y(tick)}" stroke="${rgb(theme.grid)}"/><text x="${
          box.left - 8
        }" y="${y(tick) + 4}" text-anchor="end" fill="${text}">${formatValue(
          tick,
          data.unit,
        )}</text>`,
    )
    .join('');
  const hours = Array.from({ length: 5 }, (_, index) => {
    const at = data.from + ((data.to - data.from) * index) / 4;
    return `<text x="${x(at)}" y="${
      box.top + box.height + 18
    }" text-anchor="middle" fill="${text}">${timeLabel(at)}</text>`;
  }).join('');
  const lines = data.lines
    .map(({ times, values }, index) => {
      const colour = rgb(COLOURS[index % COLOURS.length]);
      return `<path d="${path(
        times,
        values,
        x,
        y,
      )}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
    })
    .join('');
  const legend = data.lines
    .slice(0, 8)
    .map(({ name }, index) => {
      const left = box.left + (index % 2) * (box.width / 2);
      const top = box.top + box.height + 38 + Math.floor(index / 2) * 18;
      const colour = rgb(COLOURS[index % COLOURS.length]);
      return `<rect x="${left}" y="${
        top - 9
      }" width="10" height="3" fill="${colour}"/><text x="${left + 16}" y="${
        top - 4
      }" fill="${text}">${escapeHtml(name)}</text>`;
    })
    .join('');
  const empty =
    data.lines.length > 0
      ? ''
      : `<text x="${width / 2}" y="${
          height / 2
        }" text-anchor="middle" fill="${text}">${escapeHtml(
          data.problem ?? 'No data',
        )}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="100%" role="img" aria-label="${escapeHtml(
    data.title,
  )}" font-family="Inter, Helvetica, sans-serif" font-size="12">${grid}${hours}${lines}${legend}${empty}</svg>`;
}
