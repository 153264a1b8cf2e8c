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

/** Where, among items in a row, each of several lists has its share of one part. */
function shareOf<T>(
  list: readonly T[],
  before: number,
  from: number,
  to: number,
): T[] {
  return list.slice(Math.max(0, from - before), Math.max(0, to - before));
}

/** From where to where each part goes, of so many items. */
function ranges(total: number, most: number): [number, number][] {
  const count = Math.max(1, Math.ceil(total / most));
  return Array.from({ length: count }, (_, part) => [
    part * most,
    (part + 1) * most,
  ]);
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
  const { nodes, edges } = graph;
  return numbered(
    ranges(nodes.length + edges.length, most).map(([from, to]) => ({
      ...graph,
      nodes: shareOf(nodes, 0, from, to),
      edges: shareOf(edges, nodes.length, from, to),
    })),
  );
}

/** A delta in parts. @public */
export function splitDelta(
  delta: GraphDelta,
  most: number = PART_ITEMS,
): DeltaPart[] {
  const { nodes, edges, removedNodes, removedEdges } = delta;
  const afterEdges = nodes.length + edges.length;
  const afterNodes = afterEdges + removedNodes.length;
  return numbered(
    ranges(afterNodes + removedEdges.length, most).map(([from, to]) => ({
      ...delta,
      nodes: shareOf(nodes, 0, from, to),
      edges: shareOf(edges, nodes.length, from, to),
      removedNodes: shareOf(removedNodes, afterEdges, from, to),
      removedEdges: shareOf(removedEdges, afterNodes, from, to),
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
