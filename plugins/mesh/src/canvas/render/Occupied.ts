import { GridIndex } from '../routes/GridIndex';
import { CLOSED_HALF, MARK_RADIUS, footprintOf } from '../scene/footprint';
import type { Point, Rectangle } from '../scene/types';
import type { Frame } from './types';

const CELL = 64;

/** Room that is taken by marks and by labels that were written before. */
export class Occupied {
  readonly #grid = new GridIndex<Rectangle>(CELL);
  readonly #scale: number;

  constructor({
    scene,
    layout,
    scale,
  }: Pick<Frame, 'scene' | 'layout' | 'scale'>) {
    this.#scale = Math.min(1, scale);
    for (const [id, mark] of scene.marks) {
      const place = layout.marks.get(id);
      if (place) {
        const half =
          footprintOf(mark) === 'rectangle'
            ? CLOSED_HALF
            : { width: MARK_RADIUS, height: MARK_RADIUS };
        this.#add({
          x: place.x - half.width,
          y: place.y - half.height,
          width: 2 * half.width,
          height: 2 * half.height,
        });
      }
    }
  }

  /**
   * Takes the room of a label around a point.
   *
   * @param size - in pixels at scale 1
   * @returns false when some of it is taken
   */
  take(at: Point, size: { width: number; height: number }): boolean {
    const width = size.width / this.#scale;
    const height = size.height / this.#scale;
    const wanted = {
      x: at.x - width / 2,
      y: at.y - height * 1.2,
      width,
      height,
    };
    for (const other of this.#grid.near(wanted)) {
      if (
        wanted.x < other.x + other.width &&
        other.x < wanted.x + wanted.width &&
        wanted.y < other.y + other.height &&
        other.y < wanted.y + wanted.height
      ) {
        return false;
      }
    }
    this.#add(wanted);
    return true;
  }

  #add(rectangle: Rectangle): void {
    const { x, y, width, height } = rectangle;
    for (let left = x; left < x + width + CELL; left += CELL) {
      for (let top = y; top < y + height + CELL; top += CELL) {
        this.#grid.addAt(
          { x: Math.min(left, x + width), y: Math.min(top, y + height) },
          rectangle,
        );
      }
    }
  }
}
