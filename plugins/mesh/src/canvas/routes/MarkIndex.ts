import type { Layout } from '../layout/types';
import {
  CLOSED_HALF,
  distanceToRim,
  footprintOf,
  type Footprint,
} from '../scene/footprint';
import type { Point, Scene } from '../scene/types';
import { GridIndex } from './GridIndex';

type Placed = { id: string; place: Point; footprint: Footprint };

const CELL = 128;

/** Where marks are. */
export class MarkIndex {
  readonly #grid = new GridIndex<Placed>(CELL);
  readonly #placed = new Map<string, Placed>();

  constructor(scene: Scene, layout: Layout) {
    for (const [id, mark] of scene.marks) {
      const place = layout.marks.get(id);
      if (place) {
        const placed = { id, place, footprint: footprintOf(mark) };
        this.#placed.set(id, placed);
        this.#grid.addAt(place, placed);
      }
    }
  }

  get(id: string): Placed | undefined {
    return this.#placed.get(id);
  }

  /** The mark whose rim is nearest to a point and within reach of it. */
  nearest(
    point: Point,
    reach: number,
    except?: (id: string) => boolean,
  ): Placed | undefined {
    let best: Placed | undefined;
    let smallest = reach;
    const wide = reach + CLOSED_HALF.width;
    const around = {
      x: point.x - wide,
      y: point.y - wide,
      width: 2 * wide,
      height: 2 * wide,
    };
    for (const placed of this.#grid.near(around)) {
      if (!except?.(placed.id)) {
        const distance = distanceToRim(placed.footprint, placed.place, point);
        if (distance <= smallest) {
          smallest = distance;
          best = placed;
        }
      }
    }
    return best;
  }
}
