import type { Point, Rectangle } from '../scene/types';

/** Something that has a place in a box: a mark, or a box of its own. */
export type LayoutChild = LayoutMark | LayoutGroup;

/** A node, or a closed box, which is drawn wider. */
export type LayoutMark = { id: string; kind: 'node' | 'closed' };

/** What is laid out together: the content of an open box, or everything that is in none. */
export type LayoutGroup = {
  id: string;
  kind: 'group';
  /** Sorted by id, so that what comes or goes does not shuffle the rest. */
  children: readonly LayoutChild[];
  /** Between children, by their index, without repeats and without loops. */
  edges: readonly (readonly [number, number])[];
};

/** Id of the group that holds everything. */
export const ROOT = '';

/**
 * Where the children of a group are. Places are in the group's own
 * coordinates, whose origin stays when the group grows to any side; the place
 * of a child that is a group is where that group's origin lies.
 */
export type GroupLayout = {
  places: ReadonlyMap<string, Point>;
  /** What each child covers around its place. */
  extents: ReadonlyMap<string, Rectangle>;
  /** What the group covers around its origin, its frame included. */
  extent: Rectangle;
};

/** Groups by id, `ROOT` among them. */
export type Arrangement = ReadonlyMap<string, GroupLayout>;

/** Where everything is. A new object means that something has moved, come or gone. */
export type Layout = {
  marks: ReadonlyMap<string, Point>;
  boxes: ReadonlyMap<string, Rectangle>;
  /** Grows whenever a mark that was there has moved. */
  revision: number;
};

/** A small graph whose nodes have sizes; edges by index. */
export type SizedGraph = {
  nodes: readonly { id: string; width: number; height: number }[];
  edges: readonly (readonly [number, number])[];
};

/** Upper left corners, by id. */
export type Corners = ReadonlyMap<string, Point>;

/** A layered layout, done elsewhere. */
export type LayeredLayout = (graph: SizedGraph) => Promise<Corners>;
