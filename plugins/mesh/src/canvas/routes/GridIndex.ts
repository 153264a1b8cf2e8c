import type { Point, Rectangle } from '../scene/types';

/** Columns are kept apart by a number larger than any row. */
const COLUMN = 1 << 16;
const MIDDLE = 1 << 15;

/** Things by the squares of a grid that they touch: what is near is found without a walk over all. */
export class GridIndex<T> {
  readonly #cell: number;
  readonly #cells = new Map<number, T[]>();

  /** @param cell - side of a square in world units */
  constructor(cell: number) {
    this.#cell = cell;
  }

  #column(value: number): number {
    const index = Math.floor(value / this.#cell) + MIDDLE;
    return Math.min(COLUMN - 1, Math.max(0, index));
  }

  addAt(point: Point, item: T): void {
    const key = this.#column(point.x) * COLUMN + this.#column(point.y);
    const items = this.#cells.get(key);
    if (!items) {
      this.#cells.set(key, [item]);
    } else if (items[items.length - 1] !== item) {
      items.push(item);
    }
  }

  /** Adds something that leads along straight pieces. */
  addAlong(points: readonly Point[], item: T): void {
    for (let at = 1; at < points.length; at++) {
      const from = points[at - 1];
      const to = points[at];
      const length = Math.hypot(to.x - from.x, to.y - from.y);
      const steps = Math.max(1, Math.ceil((length / this.#cell) * 2));
      for (let step = at === 1 ? 0 : 1; step <= steps; step++) {
        this.addAt(
          {
            x: from.x + ((to.x - from.x) * step) / steps,
            y: from.y + ((to.y - from.y) * step) / steps,
          },
          item,
        );
      }
    }
  }

  /** What touches the squares of a rectangle; something may come twice. */
  *near({ x, y, width, height }: Rectangle): Generator<T> {
    const right = this.#column(x + width);
    const bottom = this.#column(y + height);
    for (let column = this.#column(x); column <= right; column++) {
      for (let row = this.#column(y); row <= bottom; row++) {
        const items = this.#cells.get(column * COLUMN + row);
        if (items) {
          yield* items;
        }
      }
    }
  }
}
