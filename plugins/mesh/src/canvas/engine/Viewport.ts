import { select } from 'd3-selection';
import {
  zoom,
  zoomIdentity,
  type D3ZoomEvent,
  type ZoomBehavior,
} from 'd3-zoom';
import type { Point, Rectangle } from '../scene/types';
import {
  cameraBeside,
  LARGEST_SCALE,
  SMALLEST_SCALE,
  toWorld,
  viewOf,
  type Camera,
  type Size,
} from './camera';

/** What the small picture and the buttons cover, in the upper right corner. */
const CORNER: Size = { width: 172, height: 184 };

/** Names are not written at smaller scales. */
const READABLE_FROM = 0.42;
const READABLE = 0.6;

/** What a viewport tells, and what it asks. */
export type ViewportListener = {
  onChange(): void;
  /** The viewer has come to rest after panning or zooming. */
  onRest(): void;
  /** Whether a press at an event takes something else than the picture. */
  isTaken(event: MouseEvent): boolean;
};

/** The camera over a canvas: wheel, pinch and drag move it, and so may we. */
export class Viewport {
  camera: Camera = { x: 0, y: 0, k: 1 };
  size: Size = { width: 0, height: 0 };
  /** Whether the viewer has chosen what to see. */
  hasMoved = false;
  isFitted = false;
  readonly #canvas: HTMLCanvasElement;
  readonly #zoom: ZoomBehavior<HTMLCanvasElement, unknown>;
  readonly #listener: ViewportListener;

  constructor(canvas: HTMLCanvasElement, listener: ViewportListener) {
    this.#canvas = canvas;
    this.#listener = listener;
    this.#zoom = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([SMALLEST_SCALE, LARGEST_SCALE])
      .filter(
        (event: MouseEvent) =>
          (!event.ctrlKey || event.type === 'wheel') &&
          !event.button &&
          !(event.type === 'mousedown' && listener.isTaken(event)),
      )
      .on('zoom', (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        const { x, y, k } = event.transform;
        this.camera = { x, y, k };
        // Only a person's own move keeps us from fitting again.
        this.hasMoved ||= Boolean(event.sourceEvent);
        listener.onChange();
      })
      .on('end', (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        if (event.sourceEvent) {
          listener.onRest();
        }
      });
    select(canvas).call(this.#zoom).on('dblclick.zoom', null);
  }

  destroy(): void {
    select(this.#canvas).on('.zoom', null);
  }

  /** The part of the world that shows. */
  get view(): Rectangle {
    return viewOf(this.camera, this.size);
  }

  worldOf(event: MouseEvent): Point {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return toWorld(this.camera, {
      x: event.clientX - left,
      y: event.clientY - top,
    });
  }

  /** Shows a rectangle whole. */
  fit(bounds: Rectangle | undefined): void {
    const { width, height } = this.size;
    if (bounds && width > 0) {
      this.isFitted = true;
      this.#moveTo(cameraBeside(bounds, { width, height }, CORNER));
    }
  }

  /** Moves along with a world that has moved. */
  drift({ x, y }: Point): void {
    const { camera } = this;
    this.#moveTo({
      k: camera.k,
      x: camera.x - x * camera.k,
      y: camera.y - y * camera.k,
    });
  }

  zoomBy(factor: number): void {
    this.hasMoved = true;
    select(this.#canvas).call(this.#zoom.scaleBy, factor);
    this.#listener.onRest();
  }

  /** Puts a point of the world into the middle. */
  centre(point: Point): void {
    this.hasMoved = true;
    select(this.#canvas).call(this.#zoom.translateTo, point.x, point.y);
  }

  /**
   * Brings a point of the world into view if it is not.
   *
   * @param isRead - what is there is to be read: from far away the camera
   *   comes closer; else the scale stays
   */
  reveal(point: Point, isRead: boolean): void {
    const { x, y, width, height } = this.view;
    const isVisible =
      point.x > x && point.x < x + width && point.y > y && point.y < y + height;
    if (isRead && this.camera.k < READABLE_FROM) {
      this.hasMoved = true;
      const k = READABLE;
      this.#moveTo({
        k,
        x: this.size.width / 2 - point.x * k,
        y: this.size.height / 2 - point.y * k,
      });
    } else if (!isVisible) {
      this.centre(point);
    }
  }

  /** Takes the size of the canvas; false when it is the same. */
  resize(): boolean {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (width === this.size.width && height === this.size.height) {
      return false;
    }
    const ratio = window.devicePixelRatio || 1;
    this.size = { width, height };
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    return true;
  }

  #moveTo({ x, y, k }: Camera): void {
    select(this.#canvas).call(
      this.#zoom.transform,
      zoomIdentity.translate(x, y).scale(k),
    );
  }
}
