import type { GraphEdge, GraphNode, MeshGraph } from '../schema/graph';

/** What evaluation needs to know of a graph besides its lists. */
export type GraphIndex = {
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
  /** Places of the ends of each edge in `nodes`, -1 where it is not there. */
  sources: Int32Array;
  targets: Int32Array;
  /** Places of the edges out of and into each node. */
  outbound: readonly (readonly number[])[];
  inbound: readonly (readonly number[])[];
  placeOf: ReadonlyMap<string, number>;
  /** Namespaces asked for; none mean all. */
  namespaces: ReadonlySet<string>;
  /** Name, namespace and app of each node, in lower case. */
  words: readonly string[];
  /** Place of each node among all by its number of edges, from 1; 0 without edges. */
  ranks: () => Int32Array;
};

/** Equal numbers of edges share a rank, and the next one follows without a gap. */
function ranksOf(degrees: readonly number[]): Int32Array {
  const distinct = [...new Set(degrees)]
    .filter(degree => degree > 0)
    .sort((left, right) => right - left);
  const rankOf = new Map(distinct.map((degree, at) => [degree, at + 1]));
  return Int32Array.from(degrees, degree => rankOf.get(degree) ?? 0);
}

function build(graph: MeshGraph): GraphIndex {
  const { nodes, edges } = graph;
  const placeOf = new Map(nodes.map((node, place) => [node.id, place]));
  const outbound: number[][] = nodes.map(() => []);
  const inbound: number[][] = nodes.map(() => []);
  const sources = new Int32Array(edges.length);
  const targets = new Int32Array(edges.length);
  edges.forEach((edge, place) => {
    sources[place] = placeOf.get(edge.source) ?? -1;
    targets[place] = placeOf.get(edge.target) ?? -1;
    outbound[sources[place]]?.push(place);
    inbound[targets[place]]?.push(place);
  });
  let ranks: Int32Array | undefined;
  return {
    nodes,
    edges,
    sources,
    targets,
    outbound,
    inbound,
    placeOf,
    namespaces: new Set(graph.namespaces),
    words: nodes.map(({ name, namespace = '', app = '' }) =>
      `${name}\n${namespace}\n${app}`.toLowerCase(),
    ),
    ranks: () => {
      ranks ??= ranksOf(
        nodes.map((_, at) => outbound[at].length + inbound[at].length),
      );
      return ranks;
    },
  };
}

const INDEXES = new WeakMap<MeshGraph, GraphIndex>();

/** The index of a graph, built once: a graph is never changed after it was built. */
export function indexOf(graph: MeshGraph): GraphIndex {
  const present = INDEXES.get(graph);
  if (present) {
    return present;
  }
  const index = build(graph);
  INDEXES.set(graph, index);
  return index;
}
