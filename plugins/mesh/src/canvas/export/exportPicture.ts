import type { Palette } from '../render/palette';
import { fitsCanvas, PNG_SCALE } from './canvasLimits';
import { drawCaption } from './drawCaption';
import { ExportError } from './ExportError';
import { exportSteps } from './exportSteps';
import { prepareSteps, type PreparedPicture } from './page';
import { runShared } from './runShared';
import { svgSteps } from './svgSteps';
import type { Caption, SharedSteps, ShownPicture } from './types';

/** What is exported, and who waits for it. @public */
export type PictureExport = {
  shown: ShownPicture | undefined;
  caption: Caption;
  signal: AbortSignal;
  /** Told now and then how much is done, 0..1. */
  onShare: (share: number) => void;
};

/** A canvas that nobody sees. */
function hiddenCanvas(width: number, height: number) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) {
    throw new ExportError('noImage', { width, height });
  }
  return { canvas, context };
}

/** Colours as every reader of SVG understands them: themes may mix and compute theirs. */
function plainColours(
  palette: Palette,
  context: CanvasRenderingContext2D,
): Palette {
  const plain = (colour: string) => {
    context.fillStyle = colour;
    return String(context.fillStyle);
  };
  const family = ({ fill, line, text }: Palette['health']['healthy']) => ({
    fill: plain(fill),
    line: plain(line),
    text: plain(text),
  });
  const { font, health, ...colours } = palette;
  return {
    font,
    background: plain(colours.background),
    surface: plain(colours.surface),
    boxFill: plain(colours.boxFill),
    border: plain(colours.border),
    borderStrong: plain(colours.borderStrong),
    text: plain(colours.text),
    textSoft: plain(colours.textSoft),
    accent: plain(colours.accent),
    edge: plain(colours.edge),
    health: {
      failing: family(health.failing),
      degraded: family(health.degraded),
      healthy: family(health.healthy),
      unknown: family(health.unknown),
      idle: family(health.idle),
    },
  };
}

async function prepare(options: PictureExport): Promise<PreparedPicture> {
  const { shown, signal, onShare } = options;
  const prepared =
    shown &&
    (await runShared(prepareSteps(shown), signal, share =>
      onShare(share * 0.4),
    ));
  signal.throwIfAborted();
  if (!prepared) {
    throw new ExportError('nothing');
  }
  return prepared;
}

async function draw<T>(
  steps: SharedSteps<T>,
  { signal, onShare }: PictureExport,
): Promise<T | undefined> {
  const drawn = await runShared(steps, signal, share =>
    onShare(0.4 + share * 0.6),
  );
  signal.throwIfAborted();
  return drawn;
}

/**
 * The whole picture as an SVG document.
 *
 * @throws ExportError when there is nothing to draw; the signal's reason when
 *   it was aborted
 * @public
 */
export async function exportSvg(options: PictureExport): Promise<Blob> {
  const { page, frame } = await prepare(options);
  const { context } = hiddenCanvas(1, 1);
  const palette = plainColours(frame.palette, context);
  const measure = (font: string, text: string) => {
    context.font = font;
    return context.measureText(text).width;
  };
  const svg = await draw(
    svgSteps({ page, frame: { ...frame, palette } }, options.caption, measure),
    options,
  );
  return new Blob([svg ?? ''], { type: 'image/svg+xml' });
}

/**
 * The whole picture as a PNG, two pixels for each unit.
 *
 * @throws ExportError when there is nothing to draw, or more than a canvas
 *   can hold; the signal's reason when it was aborted
 * @public
 */
export async function exportPng(options: PictureExport): Promise<Blob> {
  const { page, frame } = await prepare(options);
  const { x, y } = page.bounds;
  const width = page.bounds.width * PNG_SCALE;
  const height = page.bounds.height * PNG_SCALE;
  if (!fitsCanvas(page.bounds)) {
    throw new ExportError('tooLarge', { width, height });
  }
  const { canvas, context } = hiddenCanvas(width, height);
  context.fillStyle = frame.palette.background;
  context.fillRect(0, 0, width, height);
  context.setTransform(
    PNG_SCALE,
    0,
    0,
    PNG_SCALE,
    -x * PNG_SCALE,
    -y * PNG_SCALE,
  );
  drawCaption(context, page, options.caption, frame.palette);
  const quiet = () => undefined;
  await draw(
    exportSteps(
      { ...frame, context },
      { open: quiet, openPart: quiet, close: quiet },
    ),
    options,
  );
  const blob = await new Promise<Blob | null>(resolve => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (!blob) {
    throw new ExportError('noImage', { width, height });
  }
  return blob;
}
