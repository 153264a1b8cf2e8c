import { select } from 'd3-selection';
import {
  zoom,
  zoomIdentity,
  type D3ZoomEvent,
  type ZoomBehavior,
} from 'd3-zoom';
import type { Layout } from '../layout/types';
import { drawFrame } from '../render/drawFrame';
import { hasTraffic } from '../render/drawTraffic';
import { readPalette, type Palette } from '../render/palette';
import type { Frame } from '../render/types';
import type { Scene } from '../scene/types';
import {
  boundsOf,
  cameraFor,
  LARGEST_SCALE,
  SMALLEST_SCALE,
  toWorld,
  viewOf,
  type Camera,
} from './camera';
import { HitIndex } from './HitIndex';

/** What the engine tells the page. */
export type EngineListener = {
  onSelect(id: string | undefined): void;
  onHover(id: string | undefined): void;
  /** After each frame: where the camera stood. */
  onFrame(camera: Camera, size: { width: number; height: number }): void;
};

/** What is to be shown, besides the scene. */
export type EngineOptions = {
  selected: string | undefined;
  highlighted: ReadonlySet<string> | undefined;
  showTraffic: boolean;
};

const MARGIN = 80;
/** Thirty frames a second are enough for dots, and leave the processor to others. */
const FRAME_MILLISECONDS = 33;

/** Draws a scene on a canvas and answers to pointer and wheel. */
export class CanvasEngine {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #listener: EngineListener;
  readonly #zoom: ZoomBehavior<HTMLCanvasElement, unknown>;
  readonly #resize: ResizeObserver;
  readonly #theme: MutationObserver;
  #palette: Palette;
  #scene: Scene | undefined;
  #layout: Layout | undefined;
  #hits: HitIndex | undefined;
  #options: EngineOptions = {
    selected: undefined,
    highlighted: undefined,
    showTraffic: false,
  };
  #camera: Camera = { x: 0, y: 0, k: 1 };
  #size = { width: 0, height: 0 };
  #hovered: string | undefined;
  #request: number | undefined;
  #lastFrame = 0;
  #hasMoved = false;
  #isFitted = false;

  constructor(
    canvas: HTMLCanvasElement,
    context: CanvasRenderingContext2D,
    listener: EngineListener,
  ) {
    this.#canvas = canvas;
    this.#context = context;
    this.#listener = listener;
    this.#palette = readPalette(canvas);
    this.#zoom = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([SMALLEST_SCALE, LARGEST_SCALE])
      .on('zoom', (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        const { x, y, k } = event.transform;
        this.#camera = { x, y, k };
        // Only a person's own move keeps us from fitting again.
        this.#hasMoved ||= event.sourceEvent !== null;
        this.draw();
      });
    select(canvas).call(this.#zoom).on('dblclick.zoom', null);
    canvas.addEventListener('click', this.#onClick);
    canvas.addEventListener('pointermove', this.#onMove);
    canvas.addEventListener('pointerleave', this.#onLeave);
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#resize = new ResizeObserver(() => this.#onResize());
    this.#resize.observe(canvas);
    // Themes are switched by attributes above us.
    this.#theme = new MutationObserver(() => {
      this.#palette = readPalette(canvas);
      this.draw();
    });
    for (const element of [document.documentElement, document.body]) {
      this.#theme.observe(element, { attributes: true });
    }
  }

  destroy(): void {
    select(this.#canvas).on('.zoom', null);
    this.#canvas.removeEventListener('click', this.#onClick);
    this.#canvas.removeEventListener('pointermove', this.#onMove);
    this.#canvas.removeEventListener('pointerleave', this.#onLeave);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#resize.disconnect();
    this.#theme.disconnect();
    if (this.#request !== undefined) {
      cancelAnimationFrame(this.#request);
    }
  }

  show(scene: Scene, layout: Layout): void {
    const sameStructure =
      layout === this.#layout &&
      scene.links.length === this.#scene?.links.length &&
      scene.links.every(
        (link, index) => link.id === this.#scene?.links[index].id,
      );
    this.#scene = scene;
    this.#layout = layout;
    if (!sameStructure || !this.#hits) {
      this.#hits = new HitIndex(scene, layout);
    }
    if (!this.#isFitted || (!this.#hasMoved && !sameStructure)) {
      this.fit();
    }
    this.draw();
  }

  setOptions(options: EngineOptions): void {
    this.#options = options;
    this.draw();
  }

  /** Shows everything. */
  fit(): void {
    const bounds = this.#layout && boundsOf(this.#layout);
    if (bounds && this.#size.width > 0) {
      this.#isFitted = true;
      this.#moveTo(cameraFor(bounds, this.#size));
    }
  }

  /** The same as the button: forget what was moved by hand, and show everything. */
  reset(): void {
    this.#hasMoved = false;
    this.fit();
  }

  zoomBy(factor: number): void {
    this.#hasMoved = true;
    select(this.#canvas).call(this.#zoom.scaleBy, factor);
  }

  /** Brings a mark into view if it is not, without changing the scale. */
  reveal(id: string): void {
    const place = this.#layout?.marks.get(id);
    const view = viewOf(this.#camera, this.#size);
    const isVisible =
      place &&
      place.x > view.x &&
      place.x < view.x + view.width &&
      place.y > view.y &&
      place.y < view.y + view.height;
    if (place && !isVisible) {
      this.#hasMoved = true;
      select(this.#canvas).call(this.#zoom.translateTo, place.x, place.y);
    }
  }

  /** Asks for a frame. */
  draw(): void {
    this.#request ??= requestAnimationFrame(time => this.#frame(time));
  }

  #moveTo({ x, y, k }: Camera): void {
    select(this.#canvas).call(
      this.#zoom.transform,
      zoomIdentity.translate(x, y).scale(k),
    );
  }

  #frame(time: number): void {
    this.#request = undefined;
    if (
      !this.#scene ||
      !this.#layout ||
      !this.#hits ||
      this.#size.width === 0
    ) {
      return;
    }
    const isMoving = this.#options.showTraffic && !document.hidden;
    if (isMoving && time - this.#lastFrame < FRAME_MILLISECONDS) {
      this.draw();
      return;
    }
    this.#lastFrame = time;
    const { width, height } = this.#size;
    const ratio = window.devicePixelRatio || 1;
    const context = this.#context;
    const { x, y, k } = this.#camera;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#palette.background;
    context.fillRect(0, 0, width, height);
    context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    const view = viewOf(this.#camera, this.#size);
    const margin = MARGIN / k;
    const frame: Frame = {
      context,
      scene: this.#scene,
      layout: this.#layout,
      curves: this.#hits.curves,
      palette: this.#palette,
      scale: k,
      view: {
        x: view.x - margin,
        y: view.y - margin,
        width: view.width + 2 * margin,
        height: view.height + 2 * margin,
      },
      selected: this.#options.selected,
      hovered: this.#hovered,
      highlighted: this.#options.highlighted,
      time,
    };
    drawFrame(frame, this.#options.showTraffic);
    this.#listener.onFrame(this.#camera, this.#size);
    if (isMoving && hasTraffic(frame)) {
      this.draw();
    }
  }

  #at(event: PointerEvent | MouseEvent): string | undefined {
    const { left, top } = this.#canvas.getBoundingClientRect();
    const point = toWorld(this.#camera, {
      x: event.clientX - left,
      y: event.clientY - top,
    });
    return this.#hits?.find(point, this.#camera.k);
  }

  readonly #onClick = (event: MouseEvent) => {
    this.#listener.onSelect(this.#at(event));
  };

  readonly #onMove = (event: PointerEvent) => {
    this.#hover(event.buttons === 0 ? this.#at(event) : this.#hovered);
  };

  readonly #onLeave = () => this.#hover(undefined);

  readonly #onVisibility = () => this.draw();

  #hover(id: string | undefined): void {
    if (id !== this.#hovered) {
      this.#hovered = id;
      this.#canvas.style.cursor = id === undefined ? 'grab' : 'pointer';
      this.#listener.onHover(id);
      this.draw();
    }
  }

  #onResize(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (width === this.#size.width && height === this.#size.height) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    this.#size = { width, height };
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    if (!this.#hasMoved) {
      this.fit();
    }
    this.draw();
  }
}
