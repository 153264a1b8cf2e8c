import type { GraphNode, GraphType, MeshGraph } from '../schema/graph';

/**
 * Whether a node only stands between a caller and a callee, so that what
 * goes into it comes out again and would be counted twice: an operation, or a
 * service in a graph of something else.
 *
 * @public
 */
export function isBetween(
  node: Pick<GraphNode, 'kind'>,
  graphType: GraphType,
): boolean {
  return (
    node.kind === 'operation' ||
    (node.kind === 'service' && graphType !== 'service')
  );
}

/**
 * Requests per second that end at a node. Of what goes into a node that only
 * stands between, that is what does not come out again: requests to a service
 * that had no pod to answer.
 *
 * @returns undefined when none were measured
 * @public
 */
export function requestsEndingAt(
  node: Pick<GraphNode, 'kind' | 'inbound' | 'outbound'>,
  graphType: GraphType,
): number | undefined {
  const into = node.inbound.requestsPerSecond;
  if (into === undefined || !isBetween(node, graphType)) {
    return into;
  }
  const rest = into - (node.outbound.requestsPerSecond ?? 0);
  // Figures have six digits; less than that is rounding.
  return rest > into * 1e-5 ? rest : undefined;
}

/**
 * All requests per second of a graph, each once.
 *
 * @returns undefined when none were measured
 * @public
 */
export function totalRequests(graph: MeshGraph): number | undefined {
  const between = new Set(
    graph.nodes
      .filter(node => isBetween(node, graph.graphType))
      .map(({ id }) => id),
  );
  let sum: number | undefined;
  for (const { source, traffic } of graph.edges) {
    if (traffic.requestsPerSecond !== undefined && !between.has(source)) {
      sum = (sum ?? 0) + traffic.requestsPerSecond;
    }
  }
  return sum;
}
