import type { Layout } from '../layout/types';
import { drawOverlay } from '../render/drawOverlay';
import { drawTraffic, hasTraffic } from '../render/drawTraffic';
import { readPalette, type Palette } from '../render/palette';
import { pictureSteps } from '../render/pictureSteps';
import type { ScreenFrame } from '../render/types';
import type { Routes } from '../routes';
import type { EdgeLabel, Words } from '../scene/texts';
import type { Point, Scene } from '../scene/types';
import { runWhole, type Steps } from '../slices';
import { viewOf, type Camera, type Size } from './camera';
import { Picture } from './Picture';

/** What is to be shown, besides the scene. */
export type EngineOptions = {
  selected: string | undefined;
  highlighted: ReadonlySet<string> | undefined;
  showTraffic: boolean;
  /** The viewer asked for less movement. */
  isStill: boolean;
  words: Words;
  edgeLabel: EdgeLabel;
};

/** All of one moment. */
export type Moment = {
  scene: Scene;
  layout: Layout;
  routes: Routes;
  camera: Camera;
  size: Size;
  options: EngineOptions;
  hovered: string | undefined;
  held: { id: string; place: Point } | undefined;
  /** Marks are on their way to other places. */
  isOnTheWay: boolean;
  /** Milliseconds, of any clock. */
  time: number;
};

const MARGIN = 80;
/** So few marks and lines are drawn anew in each frame. */
const DRAWN_AT_ONCE = 420;

/** Whether a scene can be drawn between two frames. */
export function isSmall({ marks, links }: Scene): boolean {
  return marks.size + links.length <= DRAWN_AT_ONCE;
}

/** Puts moments on a canvas: small scenes at once, large ones as a picture that is made beside it. */
export class Painter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #picture = new Picture();
  readonly #onPainted: () => void;
  readonly #onBetter: () => void;
  #palette: Palette;
  #version = 0;
  #isPainted = false;

  /**
   * @param listener - `onPainted` when there is something to see for the
   *   first time, `onBetter` when a picture is ready to be shown
   */
  constructor(
    canvas: HTMLCanvasElement,
    context: CanvasRenderingContext2D,
    listener: { onPainted: () => void; onBetter: () => void },
  ) {
    this.#canvas = canvas;
    this.#context = context;
    this.#onPainted = listener.onPainted;
    this.#onBetter = listener.onBetter;
    this.#palette = readPalette(canvas);
  }

  /** Something else than the camera is new. */
  invalidate(): void {
    this.#version += 1;
  }

  readTheme(): void {
    this.#palette = readPalette(this.#canvas);
    this.invalidate();
  }

  destroy(): void {
    this.#picture.destroy();
  }

  /** @returns whether something moves, so that another frame is wanted */
  paint(moment: Moment): boolean {
    const { scene, camera, size, options, time } = moment;
    const ratio = window.devicePixelRatio || 1;
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#palette.background;
    context.fillRect(0, 0, size.width, size.height);
    const frame = this.#frameOf(context, moment, camera, size);
    const small = isSmall(scene);
    if (small) {
      enter(frame, camera, ratio);
      runWhole(pictureSteps(frame));
    } else {
      this.#picture.show(context, camera);
      this.#picture.refresh({
        camera,
        size,
        ratio,
        version: this.#version,
        paint: (target, itsCamera, itsSize) =>
          this.#pictureOf(target, moment, itsCamera, itsSize, ratio),
        onDone: this.#onBetter,
      });
      enter(frame, camera, ratio);
      drawOverlay(frame);
    }
    if (!this.#isPainted && (small || this.#picture.isReady)) {
      this.#isPainted = true;
      this.#onPainted();
    }
    if (moment.held) {
      drawOverlay(frame, moment.held);
    }
    const isLively = options.showTraffic && !moment.isOnTheWay;
    if (isLively) {
      drawTraffic(frame, time);
    }
    return isLively && !document.hidden && hasTraffic(frame);
  }

  *#pictureOf(
    context: CanvasRenderingContext2D,
    moment: Moment,
    camera: Camera,
    size: Size,
    ratio: number,
  ): Steps<void> {
    const frame = this.#frameOf(context, moment, camera, size);
    context.fillStyle = this.#palette.background;
    context.fillRect(0, 0, size.width, size.height);
    enter(frame, camera, ratio);
    // What is pointed at is drawn above the picture.
    yield* pictureSteps({ ...frame, hovered: undefined });
  }

  #frameOf(
    context: CanvasRenderingContext2D,
    moment: Moment,
    camera: Camera,
    size: Size,
  ): ScreenFrame {
    const { scene, layout, routes, options, hovered } = moment;
    const view = viewOf(camera, size);
    const margin = MARGIN / camera.k;
    return {
      context,
      scene,
      layout,
      routes,
      palette: this.#palette,
      words: options.words,
      edgeLabel: options.edgeLabel,
      scale: camera.k,
      view: {
        x: view.x - margin,
        y: view.y - margin,
        width: view.width + 2 * margin,
        height: view.height + 2 * margin,
      },
      selected: options.selected,
      hovered,
      highlighted: options.highlighted,
    };
  }
}

/** Puts the world under the camera. */
function enter(
  { context }: ScreenFrame,
  { x, y, k }: Camera,
  ratio: number,
): void {
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
  context.globalAlpha = 1;
  context.setLineDash([]);
}
