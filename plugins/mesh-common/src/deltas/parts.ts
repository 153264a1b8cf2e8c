import { z } from 'zod';
import type { MeshGraph } from '../schema/graph';
import { meshGraphSchema } from '../schema/graph';
import { graphDeltaSchema, type GraphDelta } from './deltas';

/**
 * Nodes and edges in one part, at most: few enough for a browser to read a
 * part in a task that nobody notices.
 *
 * @public
 */
export const PART_ITEMS = 120;

const partFields = {
  /** Which part of one event this is, from 1; absent when it is whole. */
  part: z.number().int().min(1).optional(),
  /** How many parts the event has. */
  of: z.number().int().min(1).optional(),
};

/** A `snapshot` event: a graph, or the part of one that holds some of its nodes and edges. @public */
export const snapshotPartSchema = meshGraphSchema.extend(partFields);

/** @public */
export type SnapshotPart = z.infer<typeof snapshotPartSchema>;

/** A `delta` event, or a part of one. @public */
export const deltaPartSchema = graphDeltaSchema.extend(partFields);

/** @public */
export type DeltaPart = z.infer<typeof deltaPartSchema>;

/** The same items in lists that hold so many together. */
function cut<T extends Record<string, readonly unknown[]>>(
  lists: T,
  most: number,
): T[] {
  const names = Object.keys(lists) as (keyof T)[];
  const total = names.reduce((sum, name) => sum + lists[name].length, 0);
  const count = Math.max(1, Math.ceil(total / most));
  return Array.from({ length: count }, (_, part) => {
    let before = 0;
    const own = { ...lists };
    for (const name of names) {
      const { length } = lists[name];
      const from = Math.min(length, Math.max(0, part * most - before));
      const to = Math.min(length, Math.max(0, (part + 1) * most - before));
      own[name] = lists[name].slice(from, to) as T[keyof T] &
        readonly unknown[];
      before += length;
    }
    return own;
  });
}

function numbered<T extends object>(
  parts: T[],
): (T & { part?: number; of?: number })[] {
  return parts.length === 1
    ? parts
    : parts.map((part, index) => ({
        ...part,
        part: index + 1,
        of: parts.length,
      }));
}

/** A graph in parts, each with all that is not a node or an edge. @public */
export function splitSnapshot(
  graph: MeshGraph,
  most: number = PART_ITEMS,
): SnapshotPart[] {
  const { nodes, edges, ...about } = graph;
  return numbered(
    cut({ nodes, edges }, most).map(lists => ({ ...about, ...lists })),
  );
}

/** A delta in parts. @public */
export function splitDelta(
  delta: GraphDelta,
  most: number = PART_ITEMS,
): DeltaPart[] {
  const { nodes, edges, removedNodes, removedEdges, ...about } = delta;
  return numbered(
    cut({ nodes, edges, removedNodes, removedEdges }, most).map(lists => ({
      ...about,
      ...lists,
    })),
  );
}

/** Collects the parts of one event after the other. @public */
export class PartCollector<T extends { part?: number; of?: number }> {
  #parts: T[] = [];

  /**
   * @returns all parts with the last of them, in order
   * @throws Error when one was lost on the way; the collector begins anew
   */
  add(item: T): readonly T[] | undefined {
    const { part = 1, of: count = 1 } = item;
    if (part === 1) {
      this.#parts = [];
    }
    if (part !== this.#parts.length + 1) {
      const expected = this.#parts.length + 1;
      this.#parts = [];
      throw new Error(
        `part: expected ${expected} of ${count}, got ${part}; the stream has lost something`,
      );
    }
    this.#parts.push(item);
    if (part < count) {
      return undefined;
    }
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }
}

/** The graph that `splitSnapshot` cut. @public */
export function joinSnapshot(parts: readonly SnapshotPart[]): MeshGraph {
  const { part: _part, of: _of, ...about } = parts[0];
  return {
    ...about,
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
  };
}

/** The delta that `splitDelta` cut. @public */
export function joinDelta(parts: readonly DeltaPart[]): GraphDelta {
  const { part: _part, of: _of, ...about } = parts[0];
  return {
    ...about,
    nodes: parts.flatMap(({ nodes }) => nodes),
    edges: parts.flatMap(({ edges }) => edges),
    removedNodes: parts.flatMap(({ removedNodes }) => removedNodes),
    removedEdges: parts.flatMap(({ removedEdges }) => removedEdges),
  };
}
