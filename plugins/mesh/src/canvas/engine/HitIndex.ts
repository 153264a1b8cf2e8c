import { quadtree, type Quadtree } from 'd3-quadtree';
import type { Layout } from '../layout/types';
import {
  distanceTo,
  MARK_RADIUS,
  sparingCurve,
  type Curve,
} from '../scene/curves';
import type { Link, Point, Scene } from '../scene/types';

type Place = Point & { id: string };

/** Avoiding marks costs a search per sample; beyond this many edges it is not worth it. */
const SPARING_LIMIT = 700;
const EDGE_REACH = 9;

/** Finds what is at a point, and the curves of edges. */
export class HitIndex {
  readonly curves: ReadonlyMap<string, Curve>;
  readonly #tree: Quadtree<Place>;
  readonly #links: readonly Link[];

  constructor(scene: Scene, layout: Layout) {
    const places = [...layout.marks]
      .filter(([id]) => scene.marks.has(id))
      .map(([id, { x, y }]) => ({ id, x, y }));
    this.#tree = quadtree<Place>()
      .x(place => place.x)
      .y(place => place.y)
      .addAll(places);
    this.#links = scene.links;
    this.curves = new Map(
      scene.links.flatMap(link => {
        const curve = this.#curve(link, layout, scene.links.length);
        return curve ? [[link.id, curve] as const] : [];
      }),
    );
  }

  #curve(link: Link, layout: Layout, count: number): Curve | undefined {
    const source = layout.marks.get(link.source);
    const target = layout.marks.get(link.target);
    if (!source || !target) {
      return undefined;
    }
    const isFree = (point: Point, clearance: number) => {
      if (count > SPARING_LIMIT) {
        return true;
      }
      const nearest = this.#tree.find(point.x, point.y, clearance);
      return (
        !nearest || nearest.id === link.source || nearest.id === link.target
      );
    };
    return sparingCurve(source, target, isFree);
  }

  /** The mark at a point, else the edge near it. */
  find(point: Point, scale: number): string | undefined {
    const mark = this.#tree.find(point.x, point.y, MARK_RADIUS + 4 / scale);
    if (mark) {
      return mark.id;
    }
    let nearest = EDGE_REACH / scale;
    let found: string | undefined;
    for (const link of this.#links) {
      const curve = this.curves.get(link.id);
      const distance = curve ? distanceTo(curve, point) : Infinity;
      if (distance < nearest) {
        nearest = distance;
        found = link.id;
      }
    }
    return found;
  }
}
