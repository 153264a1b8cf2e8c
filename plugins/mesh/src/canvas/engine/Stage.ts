import type { Layout } from '../layout/types';
import { Routes } from '../routes';
import type { Point, Scene } from '../scene/types';
import { runSliced } from '../slices';
import { BLEND_MILLISECONDS, blendLayouts } from './blend';
import { boxAt } from './boxAt';

const INDEX_SLICE_MILLISECONDS = 5;
/** How far beside a mark it is still pressed, in pixels. */
const REACH = 4;

/** All that is to be drawn of one moment. */
export type Presented = {
  scene: Scene;
  layout: Layout;
  routes: Routes;
  /** Marks are on their way to other places. */
  isOnTheWay: boolean;
};

/**
 * What is on the canvas: a scene, where its layout puts it or on the way
 * there. It knows where things are, in the world.
 */
export class Stage {
  #scene: Scene | undefined;
  #layout: Layout | undefined;
  #routes: Routes | undefined;
  #indexing: AbortController | undefined;
  #blend: { from: Layout; startedAt: number } | undefined;

  destroy(): void {
    this.#indexing?.abort();
  }

  get layout(): Layout | undefined {
    return this.#layout;
  }

  /** @param isFollowed - whether marks with other places go there, or are there at once */
  show(scene: Scene, layout: Layout, isFollowed: boolean): void {
    const before = this.#layout;
    this.#scene = scene;
    this.#layout = layout;
    this.#routes = new Routes(
      scene,
      layout,
      layout === before ? this.#routes : undefined,
    );
    if (before && layout !== before) {
      this.#blend = isFollowed
        ? { from: before, startedAt: performance.now() }
        : undefined;
    }
  }

  /** Makes lines findable, a little at a time. */
  index(): void {
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

  /** The picture of this moment, whose marks may be on their way. */
  present(): Presented | undefined {
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
      return { scene, layout, routes, isOnTheWay: false };
    }
    const between = blendLayouts(this.#blend.from, layout, share);
    return {
      scene,
      layout: between,
      routes: new Routes(scene, between),
      isOnTheWay: true,
    };
  }

  /** Where a mark is, or the middle of a line. */
  placeOf(id: string): Point | undefined {
    return this.#layout?.marks.get(id) ?? this.#routes?.known({ id })?.at(0.5);
  }

  /** @param scale - pixels per unit of the world */
  markAt(at: Point, scale: number): string | undefined {
    return this.#routes?.marks.nearest(at, REACH / scale)?.id;
  }

  /** The mark, else the line. */
  at(at: Point, scale: number): string | undefined {
    return this.markAt(at, scale) ?? this.#routes?.linkAt(at, scale);
  }

  /** The open box; with `isName`, only by its name. */
  boxAt(at: Point, scale: number, isName: boolean): string | undefined {
    return this.#layout && boxAt(this.#layout, at, scale, isName);
  }
}
