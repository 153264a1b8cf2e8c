import type { PanelData } from '../panelData';

/** Colours of lines, in order; they repeat. */
export const COLOURS = [
  [115, 191, 105],
  [87, 148, 242],
  [242, 204, 12],
  [242, 73, 92],
  [184, 119, 217],
  [255, 152, 48],
  [55, 135, 45],
  [138, 184, 255],
] as const;

/** Colours of a theme. */
export interface Theme {
  background: readonly [number, number, number];
  grid: readonly [number, number, number];
  text: readonly [number, number, number];
}

/** Light unless dark is asked for. */
export function themeOf(name: string | null): Theme {
  return name === 'dark'
    ? { background: [24, 27, 31], grid: [44, 50, 53], text: [204, 204, 220] }
    : {
        background: [255, 255, 255],
        grid: [228, 231, 234],
        text: [36, 41, 46],
      };
}

/** Where values and times are on a picture. */
export interface Scale {
  x(time: number): number;
  y(value: number): number;
  ticks: number[];
}

/** A round step of about a quarter of a range. */
function roundStep(range: number): number {
  const raw = range / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find(each => each * power >= raw) ?? 10;
  return step * power;
}

/** The scale of a panel within a box of pixels. */
export function scaleOf(
  { lines, from, to }: PanelData,
  box: { left: number; top: number; width: number; height: number },
): Scale {
  let greatest = 0;
  let least = 0;
  for (const { values } of lines) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      greatest = Math.max(greatest, value);
      least = Math.min(least, value);
    }
  }
  if (greatest === least) greatest = least + 1;
  const step = roundStep(greatest - least);
  const first = Math.floor(least / step) * step;
  const count = Math.ceil((greatest - first) / step);
  const last = first + count * step;
  return {
    x: time => box.left + ((time - from) / (to - from)) * box.width,
    y: value =>
      box.top + box.height - ((value - first) / (last - first)) * box.height,
    ticks: Array.from(
      { length: count + 1 },
      (_, index) => first + index * step,
    ),
  };
}

/** A value with its unit, short. */
export function formatValue(value: number, unit: string): string {
  const short = (number: number) => String(Number(number.toPrecision(3)));
  switch (unit) {
    case 'reqps':
      return `${short(value)} req/s`;
    case 'percentunit':
      return `${short(value * 100)}%`;
    case 's':
      return value < 1 ? `${short(value * 1000)} ms` : `${short(value)} s`;
    case 'ms':
      return `${short(value)} ms`;
    case 'bytes':
      return `${short(value / 2 ** 20)} MiB`;
    default:
      return short(value);
  }
}
