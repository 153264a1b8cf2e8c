import type { GraphEdge, GraphNode, MeshGraph } from '../schema/graph';

/** Places of the ends of each edge among the nodes, -1 where it is not there. */
type Ends = { sources: Int32Array; targets: Int32Array };

/** Places of the edges out of and into each node. */
type Adjacency = {
  outbound: readonly (readonly number[])[];
  inbound: readonly (readonly number[])[];
};

/** Equal numbers of edges share a rank, and the next one follows without a gap. */
function ranksOf(degrees: readonly number[]): Int32Array {
  const distinct = [...new Set(degrees)]
    .filter(degree => degree > 0)
    .sort((left, right) => right - left);
  const rankOf = new Map(distinct.map((degree, at) => [degree, at + 1]));
  return Int32Array.from(degrees, degree => rankOf.get(degree) ?? 0);
}

/** What evaluation needs to know of a graph besides its lists, each part once it is needed. */
export class GraphIndex {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Namespaces asked for; none mean all. */
  readonly namespaces: ReadonlySet<string>;
  #ends?: Ends;
  #adjacency?: Adjacency;
  #words?: readonly string[];
  #ranks?: Int32Array;

  constructor(graph: MeshGraph) {
    this.nodes = graph.nodes;
    this.edges = graph.edges;
    this.namespaces = new Set(graph.namespaces);
  }

  get sources(): Int32Array {
    return this.#readEnds().sources;
  }

  get targets(): Int32Array {
    return this.#readEnds().targets;
  }

  get outbound(): Adjacency['outbound'] {
    return this.#readAdjacency().outbound;
  }

  get inbound(): Adjacency['inbound'] {
    return this.#readAdjacency().inbound;
  }

  /** Name, namespace and app of each node, in lower case. */
  get words(): readonly string[] {
    this.#words ??= this.nodes.map(({ name, namespace = '', app = '' }) =>
      `${name}\n${namespace}\n${app}`.toLowerCase(),
    );
    return this.#words;
  }

  /** Place of each node among all by its number of edges, from 1; 0 without edges. */
  get ranks(): Int32Array {
    const { inbound, outbound } = this;
    this.#ranks ??= ranksOf(
      this.nodes.map((_, at) => outbound[at].length + inbound[at].length),
    );
    return this.#ranks;
  }

  #readEnds(): Ends {
    if (!this.#ends) {
      const places = new Map(this.nodes.map((node, place) => [node.id, place]));
      const placesOf = (end: 'source' | 'target') =>
        Int32Array.from(this.edges, edge => places.get(edge[end]) ?? -1);
      this.#ends = { sources: placesOf('source'), targets: placesOf('target') };
    }
    return this.#ends;
  }

  #readAdjacency(): Adjacency {
    if (!this.#adjacency) {
      const { sources, targets } = this;
      const outbound: number[][] = this.nodes.map(() => []);
      const inbound: number[][] = this.nodes.map(() => []);
      for (let place = 0; place < this.edges.length; place += 1) {
        outbound[sources[place]]?.push(place);
        inbound[targets[place]]?.push(place);
      }
      this.#adjacency = { outbound, inbound };
    }
    return this.#adjacency;
  }
}

const INDEXES = new WeakMap<MeshGraph, GraphIndex>();

/** The index of a graph, built once: a graph is never changed after it was built. */
export function indexOf(graph: MeshGraph): GraphIndex {
  const present = INDEXES.get(graph);
  if (present) {
    return present;
  }
  const index = new GraphIndex(graph);
  INDEXES.set(graph, index);
  return index;
}
