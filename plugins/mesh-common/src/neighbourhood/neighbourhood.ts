import type { MeshGraph } from '../schema';

/**
 * The part of a graph within a number of hops of some nodes, against and
 * along the direction of calls.
 *
 * @param hops - 1 means direct neighbours
 * @public
 */
export function neighbourhood(
  graph: MeshGraph,
  ids: readonly string[],
  hops: number,
): MeshGraph {
  const reached = new Set(ids);
  let frontier = new Set(ids);
  for (let hop = 0; hop < hops; hop++) {
    const next = new Set<string>();
    for (const { source, target } of graph.edges) {
      for (const [from, to] of [
        [source, target],
        [target, source],
      ]) {
        if (frontier.has(from) && !reached.has(to)) {
          next.add(to);
        }
      }
    }
    for (const id of next) {
      reached.add(id);
    }
    frontier = next;
  }
  return {
    ...graph,
    nodes: graph.nodes.filter(node => reached.has(node.id)),
    edges: graph.edges.filter(
      edge => reached.has(edge.source) && reached.has(edge.target),
    ),
  };
}
