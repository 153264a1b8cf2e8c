import type { ViewGraph } from '../levels';
import type { Point } from '../scene/types';
import type { Steps } from '../slices';
import { arrange, placeAll, type Refinable } from './arrange';
import { layeredLayout } from './layeredLayout';
import { disorder } from './disorder';
import { isSameStructure, layoutInputSteps } from './layoutInput';
import type {
  Arrangement,
  Corners,
  LayeredLayout,
  Layout,
  SizedGraph,
} from './types';

/** Better layouts by structure, for all pictures of this visit. */
const refined = new Map<string, Corners>();
/** So many are remembered; the oldest are forgotten first. */
const MOST_REFINED = 2_000;

/**
 * Keeps the layout of one picture: the same object while the structure stays,
 * the old places with room for what is new when it changes a little, and a
 * better one when a worker has found it.
 */
export class LayoutKeeper {
  readonly #layered: LayeredLayout;
  #view: ViewGraph | undefined;
  #pins: ReadonlyMap<string, Point> | undefined;
  #arrangement: Arrangement | undefined;
  #layout: Layout | undefined;
  #refinable: readonly Refinable[] = [];
  /** Whether nothing has been kept from an arrangement that the reader knows. */
  #isFresh = true;
  #isStale = false;

  constructor(layered: LayeredLayout) {
    this.#layered = layered;
  }

  get hasLayout(): boolean {
    return this.#layout !== undefined;
  }

  get isSettled(): boolean {
    return this.#refinable.length === 0;
  }

  /** Places for a view. Rates do not matter to it. */
  *layoutSteps(
    view: ViewGraph,
    pins: ReadonlyMap<string, Point>,
  ): Steps<Layout> {
    if (
      this.#layout &&
      this.#view &&
      !this.#isStale &&
      pins === this.#pins &&
      isSameStructure(this.#view, view)
    ) {
      this.#view = view;
      return this.#layout;
    }
    yield;
    const input = yield* layoutInputSteps(view);
    yield;
    // What nobody has seen for long is not worth keeping.
    const isDraft = this.#isFresh && (this.#isStale || !this.isSettled);
    const old = isDraft ? undefined : this.#arrangement;
    const { arrangement, refinable } = arrange(input, { old, refined, pins });
    yield;
    const layout = placeAll(
      input,
      arrangement,
      (this.#layout?.revision ?? 0) + 1,
    );
    this.#isFresh = old === undefined;
    this.#isStale = false;
    this.#view = view;
    this.#pins = pins;
    this.#arrangement = arrangement;
    // What was kept of a hurried layout is still to be done better.
    const later = this.#refinable.filter(
      ({ group, key }) =>
        old?.has(group) &&
        arrangement.has(group) &&
        !refined.has(key) &&
        !refinable.some(item => item.group === group),
    );
    this.#refinable = [...refinable, ...later];
    this.#layout = isSamePlaces(this.#layout, layout)
      ? { ...layout, revision: this.#layout?.revision ?? 1 }
      : layout;
    return this.#layout;
  }

  /**
   * Looks for better layouts of what was laid out in a hurry.
   *
   * @returns whether the next layout will be another one
   */
  async refine(signal: AbortSignal): Promise<boolean> {
    const wanted = this.#refinable;
    for (const { key, graph } of wanted) {
      if (signal.aborted) {
        return false;
      }
      if (!refined.has(key)) {
        try {
          refined.set(key, better(graph, await this.#layered(graph)));
        } catch {
          // What was found in a hurry will do; it is not tried again.
          refined.set(key, layeredLayout(graph));
        }
      }
    }
    for (const key of refined.keys()) {
      if (refined.size <= MOST_REFINED) {
        break;
      }
      refined.delete(key);
    }
    if (signal.aborted || wanted.length === 0) {
      return false;
    }
    this.#isStale = true;
    if (!this.#isFresh && this.#arrangement) {
      const anew = new Set(wanted.map(({ group }) => group));
      this.#arrangement = new Map(
        [...this.#arrangement].filter(([id]) => !anew.has(id)),
      );
    }
    return true;
  }

  /** The place of a mark in the coordinates of its box. */
  localPlace(id: string, world: Point): Point {
    const parent = this.#view?.marks.find(mark => mark.id === id)?.parent ?? '';
    const local = this.#arrangement?.get(parent)?.places.get(id);
    const now = this.#layout?.marks.get(id);
    return local && now
      ? { x: local.x + world.x - now.x, y: local.y + world.y - now.y }
      : world;
  }

  /** Everything is laid out anew the next time. */
  forget(): void {
    this.#arrangement = undefined;
    this.#isFresh = true;
    this.#isStale = true;
  }
}

/** What was found with care, unless what was found in a hurry reads better. */
function better(graph: SizedGraph, found: Corners): Corners {
  const hurried = layeredLayout(graph);
  return disorder(found, graph) < disorder(hurried, graph) ? found : hurried;
}

function isSamePlaces(before: Layout | undefined, after: Layout): boolean {
  if (!before) {
    return false;
  }
  for (const [id, place] of after.marks) {
    const old = before.marks.get(id);
    if (old && (old.x !== place.x || old.y !== place.y)) {
      return false;
    }
  }
  return true;
}
