import type { Point, Rectangle } from '../scene/types';

/** Marks that are laid out together: a namespace, or one mark of none. */
export type LayoutGroup = {
  id: string;
  /** False for a mark that stands alone, without a box. */
  isBox: boolean;
  marks: readonly string[];
  /** Edges inside the group. */
  edges: readonly (readonly [string, string])[];
};

/** What a layout depends on: names and edges, not rates. */
export type LayoutInput = {
  groups: readonly LayoutGroup[];
  /** Edges between groups, without repeats. */
  edges: readonly (readonly [string, string])[];
};

/** Where everything is. A new object means that something has moved or come. */
export type Layout = {
  marks: ReadonlyMap<string, Point>;
  boxes: ReadonlyMap<string, Rectangle>;
  /** Grows whenever a mark that was there has moved. */
  revision: number;
};

/** The layered layout of a small graph; places are of upper left corners. */
export type LayeredLayout = (graph: {
  nodes: readonly { id: string; width: number; height: number }[];
  edges: readonly (readonly [string, string])[];
  spacing: { node: number; layer: number };
}) => Promise<{ places: Map<string, Point>; width: number; height: number }>;
