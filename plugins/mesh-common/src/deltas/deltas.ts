import { z } from 'zod';
import {
  graphEdgeSchema,
  graphNodeSchema,
  meshGraphSchema,
  type GraphEdge,
  type GraphNode,
  type MeshGraph,
} from '../schema/graph';

/**
 * What changed between two graphs of the same question. `delta` events of
 * `GET /api/mesh/graph/stream` carry it.
 *
 * @public
 */
export const graphDeltaSchema = z.object({
  at: z.string(),
  sources: meshGraphSchema.shape.sources,
  warnings: meshGraphSchema.shape.warnings,
  /** Added or changed, whole. */
  nodes: z.array(graphNodeSchema),
  edges: z.array(graphEdgeSchema),
  removedNodes: z.array(z.string()),
  removedEdges: z.array(z.string()),
});

/** @public */
export type GraphDelta = z.infer<typeof graphDeltaSchema>;

/** Every item is compared twice: with the one before it and the one after. */
const known = new WeakMap<object, string>();

function textOf(item: object): string {
  let text = known.get(item);
  if (text === undefined) {
    text = JSON.stringify(item);
    known.set(item, text);
  }
  return text;
}

function changed<T extends { id: string }>(
  before: readonly T[],
  after: readonly T[],
): { upserts: T[]; removed: string[] } {
  const texts = new Map(before.map(item => [item.id, textOf(item)]));
  const upserts = after.filter(item => {
    const text = texts.get(item.id);
    texts.delete(item.id);
    return text !== textOf(item);
  });
  return { upserts, removed: [...texts.keys()] };
}

/** @public */
export function diffGraphs(before: MeshGraph, after: MeshGraph): GraphDelta {
  const nodes = changed<GraphNode>(before.nodes, after.nodes);
  const edges = changed<GraphEdge>(before.edges, after.edges);
  return {
    at: after.at,
    sources: after.sources,
    warnings: after.warnings,
    nodes: nodes.upserts,
    edges: edges.upserts,
    removedNodes: nodes.removed,
    removedEdges: edges.removed,
  };
}

function applied<T extends { id: string }>(
  before: readonly T[],
  upserts: readonly T[],
  removed: readonly string[],
): T[] {
  const newer = new Map(upserts.map(item => [item.id, item]));
  const gone = new Set(removed);
  const items: T[] = [];
  for (const item of before) {
    const update = newer.get(item.id);
    newer.delete(item.id);
    if (update || !gone.has(item.id)) {
      items.push(update ?? item);
    }
  }
  // The rule: rates change, names do not, and order need not be found again.
  return newer.size === 0
    ? items
    : [...items, ...newer.values()].sort((left, right) =>
        left.id < right.id ? -1 : 1,
      );
}

/**
 * The graph after a delta. Items that did not change stay the same objects,
 * so that views can skip them.
 *
 * @public
 */
export function applyGraphDelta(
  graph: MeshGraph,
  delta: GraphDelta,
): MeshGraph {
  return {
    ...graph,
    at: delta.at,
    sources: delta.sources,
    warnings: delta.warnings,
    nodes: applied(graph.nodes, delta.nodes, delta.removedNodes),
    edges: applied(graph.edges, delta.edges, delta.removedEdges),
  };
}
