import type { MeshGraph } from '../schema/graph';
import type { Found } from './evaluateFind';

/**
 * A graph without what was found, by Kiali's rules: edges that were found go,
 * then the nodes that had edges and lost all of them so, then nodes that were
 * found with every edge at them. What had no edges from the start stays, and
 * so does the neighbour of a hidden node, even when nothing else is left of
 * its edges: it was not asked to go. Figures of nodes stay what was measured.
 *
 * @returns the same graph when nothing of it goes
 * @public
 */
export function hideFind(graph: MeshGraph, found: Found): MeshGraph {
  const hidden = new Set<string>();
  const hadEdges = new Set<string>();
  const keepsEdges = new Set<string>();
  for (const edge of graph.edges) {
    const ends = found.edges.has(edge.id) ? hadEdges : keepsEdges;
    ends.add(edge.source);
    ends.add(edge.target);
  }
  for (const node of graph.nodes) {
    const isBare = hadEdges.has(node.id) && !keepsEdges.has(node.id);
    if (isBare || found.nodes.has(node.id)) {
      hidden.add(node.id);
    }
  }
  const edges = graph.edges.filter(
    edge =>
      !found.edges.has(edge.id) &&
      !hidden.has(edge.source) &&
      !hidden.has(edge.target),
  );
  return hidden.size === 0 && edges.length === graph.edges.length
    ? graph
    : {
        ...graph,
        nodes: graph.nodes.filter(node => !hidden.has(node.id)),
        edges,
      };
}
