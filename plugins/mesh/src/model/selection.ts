import type {
  GraphEdge,
  GraphNode,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';

/** What an id in the URL stands for in a graph. */
export type Selection =
  | { type: 'none' }
  | { type: 'gone'; id: string }
  | {
      type: 'node';
      node: GraphNode;
      inbound: GraphEdge[];
      outbound: GraphEdge[];
    }
  | { type: 'edge'; edge: GraphEdge; source: GraphNode; target: GraphNode };

export function selectionOf(
  graph: MeshGraph,
  id: string | undefined,
): Selection {
  if (id === undefined) {
    return { type: 'none' };
  }
  const node = graph.nodes.find(candidate => candidate.id === id);
  if (node) {
    return {
      type: 'node',
      node,
      inbound: graph.edges.filter(edge => edge.target === id),
      outbound: graph.edges.filter(edge => edge.source === id),
    };
  }
  const edge = graph.edges.find(candidate => candidate.id === id);
  const source = graph.nodes.find(({ id: nodeId }) => nodeId === edge?.source);
  const target = graph.nodes.find(({ id: nodeId }) => nodeId === edge?.target);
  return edge && source && target
    ? { type: 'edge', edge, source, target }
    : { type: 'gone', id };
}

/** Ids that stay in full colour while something is selected: it and what it touches. */
export function highlightedIds(
  selection: Selection,
): ReadonlySet<string> | undefined {
  switch (selection.type) {
    case 'node':
      return new Set([
        selection.node.id,
        ...[...selection.inbound, ...selection.outbound].flatMap(edge => [
          edge.id,
          edge.source,
          edge.target,
        ]),
      ]);
    case 'edge':
      return new Set([
        selection.edge.id,
        selection.edge.source,
        selection.edge.target,
      ]);
    default:
      return undefined;
  }
}
