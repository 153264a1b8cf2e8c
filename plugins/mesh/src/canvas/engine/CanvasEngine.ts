import type { Layout } from '../layout/types';
import type { Point, Scene } from '../scene/types';
import { driftOf } from './blend';
import { boundsOf } from './camera';
import type { EngineListener } from './EngineListener';
import { listenToPointer } from './listenToPointer';
import { MarkDrag } from './MarkDrag';
import { isSmall, Painter, type EngineOptions } from './Painter';
import { Stage } from './Stage';
import { Viewport } from './Viewport';
import { watchCanvas } from './watchCanvas';

/** Sixty frames a second are enough for dots. */
const DOT_MILLISECONDS = 1000 / 60;

/** Draws a scene on a canvas and answers to pointer and wheel. */
export class CanvasEngine {
  readonly #canvas: HTMLCanvasElement;
  readonly #listener: EngineListener;
  readonly #viewport: Viewport;
  readonly #drag: MarkDrag;
  readonly #painter: Painter;
  readonly #stage = new Stage();
  readonly #ended = new AbortController();
  #options: EngineOptions;
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
        this.#stage.index();
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
        const place = this.#stage.layout?.marks.get(id);
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
    this.#stage.destroy();
    this.#viewport.destroy();
    this.#drag.destroy();
    this.#painter.destroy();
    if (this.#request !== undefined) {
      cancelAnimationFrame(this.#request);
    }
  }

  /** Shows a scene; marks that have other places than before go there. */
  show(scene: Scene, layout: Layout): void {
    const before = this.#stage.layout;
    this.#stage.show(scene, layout, !this.#options.isStill && isSmall(scene));
    if (this.#isPainted) {
      this.#stage.index();
    }
    if (before && layout !== before && this.#viewport.hasMoved) {
      this.#stay(before, layout);
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

  /** Brings a mark or a line into view if it is not; to be read, also closer. */
  reveal(id: string, isRead = false): void {
    const place = this.placeOf(id);
    if (place) {
      this.#viewport.reveal(place, isRead);
    }
  }

  /** Where a mark is, or the middle of a line, in the world. */
  placeOf(id: string): Point | undefined {
    return this.#stage.placeOf(id);
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
    const { layout } = this.#stage;
    this.#viewport.fit(layout && boundsOf(layout));
  }

  /** Asks for a frame in which something else than the camera is new. */
  #redraw(): void {
    this.#painter.invalidate();
    this.draw();
  }

  /** Keeps in view what the reader looks at. */
  #stay(before: Layout, layout: Layout): void {
    const { x, y, width, height } = this.#viewport.view;
    const middle = { x: x + width / 2, y: y + height / 2 };
    this.#viewport.drift(driftOf(before, layout, middle));
  }

  #frame(time: number): void {
    this.#request = undefined;
    const now = this.#stage.present();
    const { camera, size } = this.#viewport;
    if (!now || size.width === 0) {
      return;
    }
    const { isOnTheWay } = now;
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
      time,
    });
    this.#listener.onFrame(camera, size);
    if (wantsMore || isOnTheWay) {
      this.draw();
    }
  }

  #markAt(event: MouseEvent): string | undefined {
    const { camera } = this.#viewport;
    return this.#stage.markAt(this.#viewport.worldOf(event), camera.k);
  }

  #at(event: MouseEvent): string | undefined {
    const { camera } = this.#viewport;
    return this.#stage.at(this.#viewport.worldOf(event), camera.k);
  }

  #boxAt(event: MouseEvent, isName: boolean): string | undefined {
    const { camera } = this.#viewport;
    return this.#stage.boxAt(this.#viewport.worldOf(event), camera.k, isName);
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
