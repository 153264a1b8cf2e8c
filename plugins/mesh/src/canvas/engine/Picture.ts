import { runSliced, type Steps } from '../slices';
import type { Camera } from './camera';

/** Tasks that draw are kept this short. */
const SLICE_MILLISECONDS = 6;
/** Until there is a picture, nobody pans it. */
const FIRST_SLICE_MILLISECONDS = 24;
/** Room around the view that is drawn with it, so that panning has something to show. */
const MARGIN = 160;

type Sheet = {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
};

/** A picture that was finished, and what it shows. */
type Shown = {
  sheet: Sheet;
  camera: Camera;
  size: { width: number; height: number };
  ratio: number;
  version: number;
};

/** Draws a picture for a camera, step by step. */
export type PicturePainter = (
  context: CanvasRenderingContext2D,
  camera: Camera,
  size: { width: number; height: number },
) => Steps<void>;

/**
 * A large picture, drawn beside the screen in slices and shown when it is
 * done. Until then the last one is moved along with the camera, so that
 * panning thousands of marks costs one copy a frame.
 */
export class Picture {
  #spare: Sheet | undefined;
  #shown: Shown | undefined;
  #job: { abort: AbortController; version: number } | undefined;

  /** Whether a picture has ever been finished. */
  get isReady(): boolean {
    return this.#shown !== undefined;
  }

  /** Copies what there is to a canvas, as the camera sees it now. */
  show(context: CanvasRenderingContext2D, camera: Camera): void {
    const { sheet, camera: then, size } = this.#shown ?? {};
    if (!sheet || !then || !size) {
      return;
    }
    const scale = camera.k / then.k;
    context.drawImage(
      sheet.canvas,
      camera.x - then.x * scale - MARGIN * scale,
      camera.y - then.y * scale - MARGIN * scale,
      (size.width + 2 * MARGIN) * scale,
      (size.height + 2 * MARGIN) * scale,
    );
  }

  /** Begins a new picture unless the present one, or the one at work, will do. */
  refresh(options: {
    camera: Camera;
    size: { width: number; height: number };
    ratio: number;
    /** Grows whenever something else than the camera has changed. */
    version: number;
    paint: PicturePainter;
    onDone: () => void;
  }): void {
    const { camera, size, ratio, version, paint, onDone } = options;
    if (this.#job?.version === version || this.#isGood(options)) {
      return;
    }
    this.#job?.abort.abort();
    const sheet = this.#spare ?? createSheet();
    if (!sheet) {
      return;
    }
    this.#spare = undefined;
    const { canvas, context } = sheet;
    const width = Math.round((size.width + 2 * MARGIN) * ratio);
    const height = Math.round((size.height + 2 * MARGIN) * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const abort = new AbortController();
    this.#job = { abort, version };
    const whole = {
      width: size.width + 2 * MARGIN,
      height: size.height + 2 * MARGIN,
    };
    const moved = { ...camera, x: camera.x + MARGIN, y: camera.y + MARGIN };
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    runSliced(paint(context, moved, whole), {
      signal: abort.signal,
      sliceMilliseconds: this.#shown
        ? SLICE_MILLISECONDS
        : FIRST_SLICE_MILLISECONDS,
    }).then(() => {
      if (abort.signal.aborted) {
        this.#spare ??= sheet;
        return;
      }
      this.#spare = this.#shown?.sheet;
      this.#shown = { sheet, camera, size, ratio, version };
      this.#job = undefined;
      onDone();
    });
  }

  destroy(): void {
    this.#job?.abort.abort();
    this.#shown = undefined;
    this.#spare = undefined;
  }

  #isGood({
    camera,
    size,
    ratio,
    version,
  }: {
    camera: Camera;
    size: { width: number; height: number };
    ratio: number;
    version: number;
  }): boolean {
    const shown = this.#shown;
    return (
      shown !== undefined &&
      shown.version === version &&
      shown.ratio === ratio &&
      shown.size.width === size.width &&
      shown.size.height === size.height &&
      shown.camera.k === camera.k &&
      Math.abs(shown.camera.x - camera.x) < MARGIN / 2 &&
      Math.abs(shown.camera.y - camera.y) < MARGIN / 2
    );
  }
}

function createSheet(): Sheet | undefined {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  return context ? { canvas, context } : undefined;
}
