import type { Layout } from '../layout/types';
import { distanceToRim } from '../scene/footprint';
import type { Link, Point, Scene } from '../scene/types';
import { STRIDE, type Steps } from '../slices';
import { detour, isFree, tight } from './avoid';
import { trunksOf, type Trunk } from './bundles';
import { between, directRoute } from './direct';
import { GridIndex } from './GridIndex';
import { MarkIndex } from './MarkIndex';
import type { Route } from './Route';

/** How far a line may be bowed to spare a mark, nearest first. */
const BOWS = [46, -46, 92, -92];
const LINK_CELL = 128;
const LINK_REACH = 9;

/**
 * The ways of lines, each worked out when it is first drawn. Far away a plain
 * way will do; from near, lines go round the marks they do not touch.
 */
export class Routes {
  readonly marks: MarkIndex;
  readonly #scene: Scene;
  readonly #trunkOf: (link: Link) => Trunk | undefined;
  readonly #plain: Map<string, Route | undefined>;
  readonly #careful: Map<string, Route | undefined>;
  #grid: GridIndex<string> | undefined;

  /** @param earlier - routes on the same layout, to go on with */
  constructor(scene: Scene, layout: Layout, earlier?: Routes) {
    this.#scene = scene;
    this.marks = earlier?.marks ?? new MarkIndex(scene, layout);
    this.#trunkOf = earlier ? earlier.#trunkOf : trunksOf(scene, layout);
    this.#plain = earlier ? earlier.#plain : new Map();
    this.#careful = earlier ? earlier.#careful : new Map();
    this.#grid = earlier ? earlier.#grid : undefined;
  }

  /** @returns undefined when one of its ends has no place yet */
  of(link: Link, isCareful: boolean): Route | undefined {
    const known = isCareful ? this.#careful : this.#plain;
    if (!known.has(link.id)) {
      const route = this.#find(link, isCareful);
      known.set(link.id, route);
      if (isCareful && route) {
        this.#grid?.addAlong(route.flat, link.id);
      }
    }
    return known.get(link.id);
  }

  /** The best way that has been worked out so far. */
  known(link: Pick<Link, 'id'>): Route | undefined {
    return this.#careful.get(link.id) ?? this.#plain.get(link.id);
  }

  /** Makes lines findable; until it is done only marks are. */
  *indexSteps(): Steps<void> {
    if (this.#grid) {
      return;
    }
    const grid = new GridIndex<string>(LINK_CELL);
    for (const [index, link] of this.#scene.links.entries()) {
      if (index % (STRIDE / 8) === 0) {
        yield;
      }
      const route = this.of(link, false);
      if (route) {
        grid.addAlong(route.flat, link.id);
      }
      const careful = this.#careful.get(link.id);
      if (careful) {
        grid.addAlong(careful.flat, link.id);
      }
    }
    this.#grid = grid;
  }

  /** Id of the line that is nearest to a point, and near enough to be meant. */
  linkAt(point: Point, scale: number): string | undefined {
    let nearest = LINK_REACH / scale;
    let found: string | undefined;
    const around = {
      x: point.x - nearest,
      y: point.y - nearest,
      width: 2 * nearest,
      height: 2 * nearest,
    };
    for (const id of this.#grid?.near(around) ?? []) {
      const distance = this.known({ id })?.distanceTo(point) ?? Infinity;
      if (distance < nearest) {
        nearest = distance;
        found = id;
      }
    }
    return found;
  }

  #find(link: Link, isCareful: boolean): Route | undefined {
    const source = this.marks.get(link.source);
    const target = this.marks.get(link.target);
    if (!source || !target) {
      return undefined;
    }
    const trunk = this.#trunkOf(link);
    const isOwn = (id: string) => id === link.source || id === link.target;
    const plain = trunk
      ? between(source, [trunk.leave, trunk.arrive], target)
      : directRoute(source, target);
    if (!isCareful || isFree(plain, this.marks, isOwn)) {
      return plain;
    }
    if (!trunk) {
      for (const bow of BOWS) {
        const bowed = directRoute(source, target, bow);
        if (isFree(bowed, this.marks, isOwn)) {
          return bowed;
        }
      }
    }
    const stops = trunk
      ? [source.place, trunk.leave, trunk.arrive, target.place]
      : [source.place, target.place];
    const way = stops.flatMap((stop, index) =>
      index === 0
        ? [stop]
        : [...detour(stops[index - 1], stop, this.marks, isOwn), stop],
    );
    const controls = tight(way)
      .slice(1, -1)
      .filter(point =>
        [source, target].every(
          ({ footprint, place }) => distanceToRim(footprint, place, point) > 6,
        ),
      );
    const round = between(source, controls, target);
    return isFree(round, this.marks, isOwn) ? round : plain;
  }
}
