import type { Point } from '../scene/types';

/** So far, in pixels, a press is still a click. */
const CLICK_REACH = 4;

/** What the drag of marks asks of its surroundings. */
export type DragHost = {
  /** The mark under a pointer and its place in the world. */
  markAt(event: PointerEvent): { id: string; place: Point } | undefined;
  toWorld(event: PointerEvent): Point;
  /** Where the mark is while it is held; undefined when it was let go. */
  onHold(held: { id: string; place: Point } | undefined): void;
  onDrop(id: string, place: Point): void;
};

/** Lets a pointer take a mark to another place. */
export class MarkDrag {
  readonly #canvas: HTMLCanvasElement;
  readonly #host: DragHost;
  #grip:
    | {
        id: string;
        offset: Point;
        start: Point;
        isMoving: boolean;
        place: Point;
      }
    | undefined;
  #wasMoved = false;

  constructor(canvas: HTMLCanvasElement, host: DragHost) {
    this.#canvas = canvas;
    this.#host = host;
    canvas.addEventListener('pointerdown', this.#onDown);
    canvas.addEventListener('pointermove', this.#onMove);
    canvas.addEventListener('pointerup', this.#onUp);
    canvas.addEventListener('pointercancel', this.#onCancel);
  }

  /** Whether the click that follows belongs to a drag; asking forgets it. */
  takeMoved(): boolean {
    const wasMoved = this.#wasMoved;
    this.#wasMoved = false;
    return wasMoved;
  }

  destroy(): void {
    this.#canvas.removeEventListener('pointerdown', this.#onDown);
    this.#canvas.removeEventListener('pointermove', this.#onMove);
    this.#canvas.removeEventListener('pointerup', this.#onUp);
    this.#canvas.removeEventListener('pointercancel', this.#onCancel);
  }

  readonly #onDown = (event: PointerEvent) => {
    this.#wasMoved = false;
    const mark = event.button === 0 ? this.#host.markAt(event) : undefined;
    if (mark) {
      const at = this.#host.toWorld(event);
      this.#grip = {
        id: mark.id,
        place: mark.place,
        offset: { x: mark.place.x - at.x, y: mark.place.y - at.y },
        start: { x: event.clientX, y: event.clientY },
        isMoving: false,
      };
    }
  };

  readonly #onMove = (event: PointerEvent) => {
    const grip = this.#grip;
    if (!grip) {
      return;
    }
    if (!grip.isMoving) {
      const far = Math.hypot(
        event.clientX - grip.start.x,
        event.clientY - grip.start.y,
      );
      if (far <= CLICK_REACH) {
        return;
      }
      grip.isMoving = true;
      this.#canvas.setPointerCapture(event.pointerId);
    }
    const at = this.#host.toWorld(event);
    grip.place = { x: at.x + grip.offset.x, y: at.y + grip.offset.y };
    this.#host.onHold({ id: grip.id, place: grip.place });
  };

  readonly #onUp = () => {
    const grip = this.#grip;
    this.#grip = undefined;
    if (grip?.isMoving) {
      this.#wasMoved = true;
      this.#host.onHold(undefined);
      this.#host.onDrop(grip.id, grip.place);
    }
  };

  readonly #onCancel = () => {
    this.#grip = undefined;
    this.#host.onHold(undefined);
  };
}
