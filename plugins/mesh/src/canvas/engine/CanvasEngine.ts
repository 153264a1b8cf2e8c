import { select } from 'd3-selection';
import {
  zoom,
  zoomIdentity,
  type D3ZoomEvent,
  type ZoomBehavior,
} from 'd3-zoom';
import type { Layout } from '../layout/types';
import { drawOverlay } from '../render/drawOverlay';
import { drawTraffic, hasTraffic } from '../render/drawTraffic';
import { readPalette, type Palette } from '../render/palette';
import { pictureSteps } from '../render/pictureSteps';
import type { Frame } from '../render/types';
import { Routes } from '../routes';
import type { EdgeLabel, Words } from '../scene/texts';
import type { Point, Scene } from '../scene/types';
import { runSliced, runWhole, type Steps } from '../slices';
import { BLEND_MILLISECONDS, blendLayouts, driftOf } from './blend';
import {
  boundsOf,
  cameraFor,
  LARGEST_SCALE,
  SMALLEST_SCALE,
  toWorld,
  viewOf,
  type Camera,
} from './camera';
import { MarkDrag } from './MarkDrag';
import { Picture } from './Picture';

/** What the engine tells the page. */
export type EngineListener = {
  onSelect(id: string | undefined): void;
  /** A closed box, or an open one by its name, was clicked twice. */
  onToggle(id: string): void;
  onHover(id: string | undefined, box: string | undefined): void;
  /** A mark was taken to a place in the world. */
  onMove(id: string, place: Point): void;
  /** The viewer has come to rest after zooming. */
  onZoomed(camera: Camera, size: Size): void;
  /** After each frame: where the camera stood. */
  onFrame(camera: Camera, size: Size): void;
};

type Size = { width: number; height: number };

/** What is to be shown, besides the scene. */
export type EngineOptions = {
  selected: string | undefined;
  highlighted: ReadonlySet<string> | undefined;
  showTraffic: boolean;
  isStill: boolean;
  words: Words;
  edgeLabel: EdgeLabel;
};

const MARGIN = 80;
/** Thirty frames a second are enough for dots, and leave the processor to others. */
const FRAME_MILLISECONDS = 33;
/** So few marks and lines are drawn anew in each frame. */
const DRAWN_AT_ONCE = 420;
/** What lies over the right side of a wide picture covers nothing of it. */
const CORNER = 166;
const WIDE_FROM = 900;
/** The name of an open box, from its upper edge. */
const HEADER = 36;

/** Draws a scene on a canvas and answers to pointer and wheel. */
export class CanvasEngine {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #listener: EngineListener;
  readonly #zoom: ZoomBehavior<HTMLCanvasElement, unknown>;
  readonly #drag: MarkDrag;
  readonly #picture = new Picture();
  readonly #ended = new AbortController();
  #palette: Palette;
  #scene: Scene | undefined;
  #layout: Layout | undefined;
  #routes: Routes | undefined;
  #indexing: AbortController | undefined;
  #blend: { from: Layout; startedAt: number } | undefined;
  #held: { id: string; place: Point } | undefined;
  #options: EngineOptions;
  #camera: Camera = { x: 0, y: 0, k: 1 };
  #size: Size = { width: 0, height: 0 };
  #hovered: string | undefined;
  #hoveredBox: string | undefined;
  #request: number | undefined;
  #lastFrame = 0;
  #version = 0;
  #hasMoved = false;
  #isFitted = false;
  #isPainted = false;

  constructor(
    canvas: HTMLCanvasElement,
    context: CanvasRenderingContext2D,
    listener: EngineListener,
    options: EngineOptions,
  ) {
    this.#canvas = canvas;
    this.#context = context;
    this.#listener = listener;
    this.#options = options;
    this.#palette = readPalette(canvas);
    this.#zoom = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([SMALLEST_SCALE, LARGEST_SCALE])
      .filter(event => this.#mayPan(event))
      .on('zoom', (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        const { x, y, k } = event.transform;
        this.#camera = { x, y, k };
        // Only a person's own move keeps us from fitting again.
        this.#hasMoved ||= Boolean(event.sourceEvent);
        this.draw();
      })
      .on('end', (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        if (event.sourceEvent) {
          listener.onZoomed(this.#camera, this.#size);
        }
      });
    select(canvas).call(this.#zoom).on('dblclick.zoom', null);
    this.#drag = new MarkDrag(canvas, {
      markAt: event => {
        const id = this.#markAt(event);
        const place =
          id === undefined ? undefined : this.#layout?.marks.get(id);
        return id !== undefined && place ? { id, place } : undefined;
      },
      toWorld: event => this.#worldOf(event),
      onHold: held => {
        this.#held = held;
        this.draw();
      },
      onDrop: (id, place) => listener.onMove(id, place),
    });
    this.#listen();
  }

  #listen(): void {
    const canvas = this.#canvas;
    const { signal } = this.#ended;
    canvas.addEventListener('click', this.#onClick, { signal });
    canvas.addEventListener('dblclick', this.#onDoubleClick, { signal });
    canvas.addEventListener('pointermove', this.#onMove, { signal });
    canvas.addEventListener(
      'pointerleave',
      event => {
        const onto = event.relatedTarget;
        // Onto a button of what is hovered is still on it.
        if (!(onto instanceof Element && onto.closest('[data-canvas-part]'))) {
          this.unhover();
        }
      },
      { signal },
    );
    document.addEventListener('visibilitychange', () => this.draw(), {
      signal,
    });
    const resize = new ResizeObserver(() => this.#onResize());
    resize.observe(canvas);
    // Themes are switched by attributes above us.
    const theme = new MutationObserver(() => {
      this.#palette = readPalette(canvas);
      this.#redraw();
    });
    for (const element of [document.documentElement, document.body]) {
      theme.observe(element, { attributes: true });
    }
    signal.addEventListener('abort', () => {
      resize.disconnect();
      theme.disconnect();
    });
  }

  destroy(): void {
    select(this.#canvas).on('.zoom', null);
    this.#ended.abort();
    this.#indexing?.abort();
    this.#drag.destroy();
    this.#picture.destroy();
    if (this.#request !== undefined) {
      cancelAnimationFrame(this.#request);
    }
  }

  /** Shows a scene; marks that have other places than before go there. */
  show(scene: Scene, layout: Layout): void {
    const before = this.#layout;
    this.#scene = scene;
    this.#layout = layout;
    this.#routes = new Routes(
      scene,
      layout,
      layout === before ? this.#routes : undefined,
    );
    if (this.#isPainted) {
      this.#index(this.#routes);
    }
    if (before && layout !== before) {
      this.#follow(before, layout);
    }
    if (!this.#isFitted || (!this.#hasMoved && layout !== before)) {
      this.fit();
    }
    this.#redraw();
  }

  setOptions(options: EngineOptions): void {
    this.#options = options;
    this.#redraw();
  }

  /** Shows everything. */
  fit(): void {
    const bounds = this.#layout && boundsOf(this.#layout);
    if (bounds && this.#size.width > 0) {
      this.#isFitted = true;
      const { width, height } = this.#size;
      const isWide = width > WIDE_FROM;
      this.#moveTo(
        cameraFor(bounds, { width: isWide ? width - CORNER : width, height }),
      );
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
    this.#listener.onZoomed(this.#camera, this.#size);
  }

  /** Puts a point of the world into the middle. */
  centre(point: Point): void {
    this.#hasMoved = true;
    select(this.#canvas).call(this.#zoom.translateTo, point.x, point.y);
  }

  /** Brings a mark or a line into view if it is not, without changing the scale. */
  reveal(id: string): void {
    const place = this.placeOf(id);
    const view = viewOf(this.#camera, this.#size);
    const isVisible =
      place &&
      place.x > view.x &&
      place.x < view.x + view.width &&
      place.y > view.y &&
      place.y < view.y + view.height;
    if (place && !isVisible) {
      this.centre(place);
    }
  }

  /** Where a mark is, or the middle of a line, in the world. */
  placeOf(id: string): Point | undefined {
    return this.#layout?.marks.get(id) ?? this.#routes?.known({ id })?.at(0.5);
  }

  /** Forgets what the pointer is on. */
  unhover(): void {
    this.#hover();
  }

  /** Asks for a frame. */
  draw(): void {
    this.#request ??= requestAnimationFrame(time => this.#frame(time));
  }

  /** Asks for a frame in which something else than the camera is new. */
  #redraw(): void {
    this.#version += 1;
    this.draw();
  }

  #index(routes: Routes): void {
    this.#indexing?.abort();
    const abort = new AbortController();
    this.#indexing = abort;
    runSliced(routes.indexSteps(), {
      signal: abort.signal,
      sliceMilliseconds: 5,
    });
  }

  #follow(before: Layout, layout: Layout): void {
    if (this.#hasMoved) {
      const { x, y, width, height } = viewOf(this.#camera, this.#size);
      const drift = driftOf(before, layout, {
        x: x + width / 2,
        y: y + height / 2,
      });
      const { k } = this.#camera;
      this.#moveTo({
        k,
        x: this.#camera.x - drift.x * k,
        y: this.#camera.y - drift.y * k,
      });
    }
    const isCalm = this.#options.isStill || !this.#isSmall();
    this.#blend = isCalm
      ? undefined
      : { from: before, startedAt: performance.now() };
  }

  #isSmall(): boolean {
    const { marks, links } = this.#scene ?? { marks: new Map(), links: [] };
    return marks.size + links.length <= DRAWN_AT_ONCE;
  }

  #moveTo({ x, y, k }: Camera): void {
    select(this.#canvas).call(
      this.#zoom.transform,
      zoomIdentity.translate(x, y).scale(k),
    );
  }

  #frame(time: number): void {
    this.#request = undefined;
    const { width, height } = this.#size;
    const scene = this.#scene;
    if (!scene || !this.#layout || !this.#routes || width === 0) {
      return;
    }
    const { showTraffic } = this.#options;
    const isMoving = showTraffic && !document.hidden;
    const isIdle = !this.#blend && !this.#held;
    if (isMoving && isIdle && time - this.#lastFrame < FRAME_MILLISECONDS / 2) {
      this.draw();
      return;
    }
    this.#lastFrame = time;
    const ratio = window.devicePixelRatio || 1;
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#palette.background;
    context.fillRect(0, 0, width, height);
    const frame = this.#frameFor(context, this.#camera, this.#size);
    if (this.#isSmall()) {
      this.#enter(frame, this.#camera, ratio);
      runWhole(pictureSteps(frame));
    } else {
      this.#picture.show(context, this.#camera);
      this.#picture.refresh({
        camera: this.#camera,
        size: this.#size,
        ratio,
        version: this.#version,
        paint: (target, camera, size) =>
          this.#paint(target, camera, size, ratio),
        onDone: () => this.draw(),
      });
      this.#enter(frame, this.#camera, ratio);
      drawOverlay(frame);
    }
    if (!this.#isPainted && (this.#isSmall() || this.#picture.isReady)) {
      this.#isPainted = true;
      this.#index(this.#routes);
      // For those who measure how long a reader waits.
      performance.mark('orrery:mesh:painted');
    }
    if (showTraffic && !this.#blend) {
      drawTraffic(frame, time);
    }
    if (this.#held) {
      drawOverlay(frame, this.#held);
    }
    this.#listener.onFrame(this.#camera, this.#size);
    if (this.#blend || (isMoving && hasTraffic(frame))) {
      this.draw();
    }
  }

  *#paint(
    context: CanvasRenderingContext2D,
    camera: Camera,
    size: Size,
    ratio: number,
  ): Steps<void> {
    const frame = this.#frameFor(context, camera, size);
    context.fillStyle = this.#palette.background;
    context.fillRect(0, 0, size.width, size.height);
    this.#enter(frame, camera, ratio);
    yield* pictureSteps({ ...frame, hovered: undefined });
  }

  #enter({ context }: Frame, { x, y, k }: Camera, ratio: number): void {
    context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  #frameFor(
    context: CanvasRenderingContext2D,
    camera: Camera,
    size: Size,
  ): Frame {
    const view = viewOf(camera, size);
    const margin = MARGIN / camera.k;
    const { layout, routes } = this.#present();
    return {
      context,
      scene: this.#scene as Scene,
      layout,
      routes,
      palette: this.#palette,
      words: this.#options.words,
      edgeLabel: this.#options.edgeLabel,
      scale: camera.k,
      view: {
        x: view.x - margin,
        y: view.y - margin,
        width: view.width + 2 * margin,
        height: view.height + 2 * margin,
      },
      selected: this.#options.selected,
      hovered: this.#hovered,
      highlighted: this.#options.highlighted,
    };
  }

  /** The layout of this moment, which may be on its way. */
  #present(): { layout: Layout; routes: Routes } {
    const layout = this.#layout as Layout;
    const routes = this.#routes as Routes;
    if (!this.#blend) {
      return { layout, routes };
    }
    const share =
      (performance.now() - this.#blend.startedAt) / BLEND_MILLISECONDS;
    if (share >= 1) {
      this.#blend = undefined;
      return { layout, routes };
    }
    const between = blendLayouts(this.#blend.from, layout, share);
    return {
      layout: between,
      routes: new Routes(this.#scene as Scene, between),
    };
  }

  #worldOf(event: MouseEvent): Point {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return toWorld(this.#camera, {
      x: event.clientX - left,
      y: event.clientY - top,
    });
  }

  #markAt(event: MouseEvent): string | undefined {
    return this.#routes?.marks.nearest(this.#worldOf(event), 4 / this.#camera.k)
      ?.id;
  }

  #at(event: MouseEvent): string | undefined {
    return (
      this.#markAt(event) ??
      this.#routes?.linkAt(this.#worldOf(event), this.#camera.k)
    );
  }

  /** The innermost open box at a pointer, or the one whose name is there. */
  #boxAt(event: MouseEvent, isName: boolean): string | undefined {
    const { x, y } = this.#worldOf(event);
    let found: string | undefined;
    let smallest = Infinity;
    for (const [id, box] of this.#layout?.boxes ?? []) {
      const height = isName
        ? Math.max(HEADER, 20 / this.#camera.k)
        : box.height;
      const isInside =
        x > box.x &&
        x < box.x + box.width &&
        y > box.y &&
        y < box.y + Math.min(height, box.height);
      if (isInside && box.width * box.height < smallest) {
        smallest = box.width * box.height;
        found = id;
      }
    }
    return found;
  }

  /** Marks are dragged, everything else is panned. */
  #mayPan(event: MouseEvent): boolean {
    const isPress = event.type === 'mousedown' || event.type === 'touchstart';
    return (
      (!event.ctrlKey || event.type === 'wheel') &&
      !event.button &&
      !(event.type === 'mousedown' && isPress && this.#markAt(event))
    );
  }

  readonly #onClick = (event: MouseEvent) => {
    if (!this.#drag.takeMoved()) {
      this.#listener.onSelect(this.#at(event));
    }
  };

  readonly #onDoubleClick = (event: MouseEvent) => {
    const id = this.#markAt(event) ?? this.#boxAt(event, true);
    if (id !== undefined) {
      this.#listener.onToggle(id);
    }
  };

  readonly #onMove = (event: PointerEvent) => {
    if (event.buttons === 0) {
      this.#hover(this.#at(event), this.#boxAt(event, false));
    }
  };

  #hover(id?: string, box?: string): void {
    if (id !== this.#hovered || box !== this.#hoveredBox) {
      this.#hovered = id;
      this.#hoveredBox = box;
      this.#canvas.style.cursor = id === undefined ? 'grab' : 'pointer';
      this.#listener.onHover(id, box);
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
    this.#redraw();
  }
}
