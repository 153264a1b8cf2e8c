import { TIME_MARK_GLYPHS } from '../marks/timeMarkGlyphs';
import type { ChartMark, ChartThreshold } from './types';

/** Where and how things are drawn above the lines. */
export type Overlay = {
  context: Pick<
    CanvasRenderingContext2D,
    | 'save'
    | 'restore'
    | 'beginPath'
    | 'moveTo'
    | 'lineTo'
    | 'stroke'
    | 'fillText'
    | 'measureText'
    | 'setLineDash'
    | 'strokeStyle'
    | 'fillStyle'
    | 'font'
    | 'lineWidth'
    | 'textAlign'
  >;
  /** The plot's area, in pixels of the canvas. */
  area: { left: number; top: number; width: number; height: number };
  /** Pixels of the canvas in one CSS pixel. */
  pixelRatio: number;
  xOf: (milliseconds: number) => number;
  yOf: (value: number) => number;
  colourOf: (colour: string) => string;
};

const TEXT = 'var(--bui-fg-primary)';
const LINE = 'var(--bui-fg-secondary)';

function line(
  { context }: Overlay,
  from: [x: number, y: number],
  to: [x: number, y: number],
) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** Level lines with their meaning at the right end. */
export function drawThresholds(
  overlay: Overlay,
  thresholds: readonly ChartThreshold[],
): void {
  const { context, area, pixelRatio } = overlay;
  context.save();
  context.setLineDash([6 * pixelRatio, 3 * pixelRatio]);
  context.font = `${11 * pixelRatio}px sans-serif`;
  context.lineWidth = pixelRatio;
  context.textAlign = 'right';
  for (const { value, title, colour } of thresholds) {
    const y = overlay.yOf(value);
    if (y >= area.top && y <= area.top + area.height) {
      context.strokeStyle = overlay.colourOf(
        colour ?? 'var(--bui-warning-fg-subdued)',
      );
      line(overlay, [area.left, y], [area.left + area.width, y]);
      context.fillStyle = overlay.colourOf(TEXT);
      context.fillText(title, area.left + area.width, y - 3 * pixelRatio);
    }
  }
  context.restore();
}

/**
 * Thin flags at moments within the area: the kind's glyph, and what happened
 * where there is room for it.
 */
export function drawMarks(
  overlay: Overlay,
  marks: readonly ChartMark[],
  hasWords: boolean,
): void {
  const { context, area, pixelRatio } = overlay;
  const right = area.left + area.width;
  const places = marks
    .map(mark => ({ mark, x: overlay.xOf(mark.atMilliseconds) }))
    .filter(({ x }) => x >= area.left && x <= right)
    .sort((one, other) => one.x - other.x);
  context.save();
  context.setLineDash([3 * pixelRatio, 3 * pixelRatio]);
  context.font = `${11 * pixelRatio}px sans-serif`;
  context.lineWidth = pixelRatio;
  context.textAlign = 'left';
  const baseline = area.top + 10 * pixelRatio;
  let free = -Infinity;
  for (const [index, { mark, x }] of places.entries()) {
    context.strokeStyle = overlay.colourOf(
      mark.isBad ? 'var(--bui-negative-fg-subdued)' : LINE,
    );
    line(overlay, [x, area.top], [x, area.top + area.height]);
    context.fillStyle = overlay.colourOf(TEXT);
    const glyph = TIME_MARK_GLYPHS[mark.kind];
    const words = `${glyph} ${mark.title}`;
    const end = Math.min(right, places[index + 1]?.x ?? right);
    const start = x + 3 * pixelRatio;
    const widthOf = (text: string) => context.measureText(text).width;
    if (start >= free) {
      const text = hasWords && start + widthOf(words) <= end ? words : glyph;
      context.fillText(text, start, baseline);
      free = start + widthOf(text);
    }
  }
  context.restore();
}
