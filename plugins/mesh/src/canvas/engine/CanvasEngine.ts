import type { Layout } from '../layout/types';
import { Routes } from '../routes';
import type { Point, Scene } from '../scene/types';
import { runSliced } from '../slices';
import { BLEND_MILLISECONDS, blendLayouts, driftOf } from './blend';
import { boxAt } from './boxAt';
import { boundsOf } from './camera';
import type { EngineListener } from './EngineListener';
import { listenToPointer } from './listenToPointer';
import { MarkDrag } from './MarkDrag';
import { isSmall, Painter, type EngineOptions } from './Painter';
import { Viewport } from './Viewport';
import { watchCanvas } from './watchCanvas';

/** Sixty frames a second are enough for dots. */
const DOT_MILLISECONDS = 1000 / 60;
const INDEX_SLICE_MILLISECONDS = 5;

/** Draws a scene on a canvas and answers to pointer and wheel. */
export class CanvasEngine {
  readonly #canvas: HTMLCanvasElement;
  readonly #listener: EngineListener;
  readonly #viewport: Viewport;
  readonly #drag: MarkDrag;
  readonly #painter: Painter;
  readonly #ended = new AbortController();
  #options: EngineOptions;
  #scene: Scene | undefined;
  #layout: Layout | undefined;
  #routes: Routes | undefined;
  #indexing: AbortController | undefined;
  #blend: { from: Layout; startedAt: number } | undefined;
  #held: { id: string; place: Point } | undefined;
  #hovered: string | undefined;
  #hoveredBox: string | undefined;
  #request: number | undefined;
  #lastFrame = 0;
  #isPainted = false;

  constructor(
    canvas: HTMLCanvasElement,
    context: CanvasRenderingContext2D,
    listener: EngineListener,
    options: EngineOptions,
  ) {
    this.#canvas = canvas;
    this.#listener = listener;
    this.#options = options;
    this.#painter = new Painter(canvas, context, {
      onPainted: () => {
        this.#isPainted = true;
        // For those who measure how long a reader waits.
        performance.mark('orrery:mesh:painted');
        this.#index();
      },
      onBetter: () => this.draw(),
    });
    this.#viewport = new Viewport(canvas, {
      onChange: () => this.draw(),
      onRest: () =>
        listener.onZoomed(this.#viewport.camera, this.#viewport.size),
      isTaken: event => this.#markAt(event) !== undefined,
    });
    this.#drag = new MarkDrag(canvas, {
      markAt: event => {
        const id = this.#markAt(event) ?? '';
        const place = this.#layout?.marks.get(id);
        return place && { id, place };
      },
      toWorld: event => this.#viewport.worldOf(event),
      onHold: held => {
        this.#held = held;
        this.draw();
      },
      onDrop: (id, place) => listener.onMove(id, place),
    });
    this.#listen(this.#ended.signal);
  }

  destroy(): void {
    this.#ended.abort();
    this.#indexing?.abort();
    this.#viewport.destroy();
    this.#drag.destroy();
    this.#painter.destroy();
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
      this.#index();
    }
    if (before && layout !== before) {
      this.#follow(before, layout, scene);
    }
    const { isFitted, hasMoved } = this.#viewport;
    if (!isFitted || (!hasMoved && layout !== before)) {
      this.#fit();
    }
    this.#redraw();
  }

  setOptions(options: EngineOptions): void {
    this.#options = options;
    this.#redraw();
  }

  /** Forgets what was moved by hand, and shows everything. */
  reset(): void {
    this.#viewport.hasMoved = false;
    this.#fit();
  }

  zoomBy(factor: number): void {
    this.#viewport.zoomBy(factor);
  }

  /** Puts a point of the world into the middle. */
  centre(point: Point): void {
    this.#viewport.centre(point);
  }

  /** Brings a mark or a line into view if it is not, without changing the scale. */
  reveal(id: string): void {
    const place = this.placeOf(id);
    if (place) {
      this.#viewport.reveal(place);
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

  #listen(signal: AbortSignal): void {
    const canvas = this.#canvas;
    listenToPointer(canvas, signal, {
      onClick: event => {
        if (!this.#drag.takeMoved()) {
          this.#listener.onSelect(this.#at(event));
        }
      },
      onDoubleClick: event => {
        const id = this.#markAt(event) ?? this.#boxAt(event, true);
        if (id !== undefined) {
          this.#listener.onToggle(id);
        }
      },
      onMove: event => this.#hover(this.#at(event), this.#boxAt(event, false)),
      onLeave: () => this.#hover(),
    });
    document.addEventListener('visibilitychange', () => this.draw(), {
      signal,
    });
    watchCanvas(canvas, signal, {
      onResize: () => {
        if (this.#viewport.resize()) {
          if (!this.#viewport.hasMoved) {
            this.#fit();
          }
          this.#redraw();
        }
      },
      onTheme: () => {
        this.#painter.readTheme();
        this.draw();
      },
    });
  }

  #fit(): void {
    this.#viewport.fit(this.#layout && boundsOf(this.#layout));
  }

  /** Asks for a frame in which something else than the camera is new. */
  #redraw(): void {
    this.#painter.invalidate();
    this.draw();
  }

  /** Makes lines findable, a little at a time. */
  #index(): void {
    this.#indexing?.abort();
    const abort = new AbortController();
    this.#indexing = abort;
    if (this.#routes) {
      runSliced(this.#routes.indexSteps(), {
        signal: abort.signal,
        sliceMilliseconds: INDEX_SLICE_MILLISECONDS,
      });
    }
  }

  /** Keeps in view what the reader looks at, and lets marks be followed. */
  #follow(before: Layout, layout: Layout, scene: Scene): void {
    if (this.#viewport.hasMoved) {
      const { x, y, width, height } = this.#viewport.view;
      const middle = { x: x + width / 2, y: y + height / 2 };
      this.#viewport.drift(driftOf(before, layout, middle));
    }
    this.#blend =
      this.#options.isStill || !isSmall(scene)
        ? undefined
        : { from: before, startedAt: performance.now() };
  }

  #frame(time: number): void {
    this.#request = undefined;
    const now = this.#present();
    const { camera, size } = this.#viewport;
    if (!now || size.width === 0) {
      return;
    }
    const isOnTheWay = this.#blend !== undefined;
    const isLively = this.#options.showTraffic && !document.hidden;
    const isIdle = !isOnTheWay && !this.#held;
    if (isLively && isIdle && time - this.#lastFrame < DOT_MILLISECONDS) {
      this.draw();
      return;
    }
    this.#lastFrame = time;
    const wantsMore = this.#painter.paint({
      ...now,
      camera,
      size,
      options: this.#options,
      hovered: this.#hovered,
      held: this.#held,
      isOnTheWay,
      time,
    });
    this.#listener.onFrame(camera, size);
    if (wantsMore || isOnTheWay) {
      this.draw();
    }
  }

  /** The picture of this moment, whose marks may be on their way. */
  #present(): { scene: Scene; layout: Layout; routes: Routes } | undefined {
    const scene = this.#scene;
    const layout = this.#layout;
    const routes = this.#routes;
    if (!scene || !layout || !routes) {
      return undefined;
    }
    const share = this.#blend
      ? (performance.now() - this.#blend.startedAt) / BLEND_MILLISECONDS
      : 1;
    if (!this.#blend || share >= 1) {
      this.#blend = undefined;
      return { scene, layout, routes };
    }
    const between = blendLayouts(this.#blend.from, layout, share);
    return { scene, layout: between, routes: new Routes(scene, between) };
  }

  #markAt(event: MouseEvent): string | undefined {
    const reach = 4 / this.#viewport.camera.k;
    const at = this.#viewport.worldOf(event);
    return this.#routes?.marks.nearest(at, reach)?.id;
  }

  #at(event: MouseEvent): string | undefined {
    const { camera } = this.#viewport;
    return (
      this.#markAt(event) ??
      this.#routes?.linkAt(this.#viewport.worldOf(event), camera.k)
    );
  }

  #boxAt(event: MouseEvent, isName: boolean): string | undefined {
    const { camera } = this.#viewport;
    const at = this.#viewport.worldOf(event);
    return this.#layout && boxAt(this.#layout, at, camera.k, isName);
  }

  #hover(id?: string, box?: string): void {
    if (id !== this.#hovered || box !== this.#hoveredBox) {
      this.#hovered = id;
      this.#hoveredBox = box;
      this.#canvas.style.cursor = id === undefined ? 'grab' : 'pointer';
      this.#listener.onHover(id, box);
      this.draw();
    }
  }
}
