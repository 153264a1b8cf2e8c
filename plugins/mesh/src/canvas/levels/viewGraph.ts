import {
  isBetween,
  type GraphEdge,
  type GraphNode,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import {
  compareHealth,
  type HealthState,
} from '@orrery/backstage-plugin-orrery-common';
import { STRIDE, type Steps } from '../slices';
import { hierarchySteps, type Group, type Hierarchy } from './hierarchy';
import { openness, type Levels } from './levels';
import { TrafficTotal, type TrafficSum } from './TrafficTotal';

/** What a box holds, in figures. */
export type GroupState = {
  group: Group;
  nodes: number;
  failing: number;
  degraded: number;
  /** Worst of what is known; unknown and idle members do not colour it while others are known. */
  health: HealthState;
  /** Into its nodes, from elsewhere and from each other, as the outline counts it. */
  total: TrafficSum;
  /** Over edges that begin and end in it, and are not seen while it is closed. */
  inside: TrafficSum;
};

/** One mark: a node, or a closed box that stands for its content. */
export type ViewMark =
  | { id: string; parent: string | undefined; node: GraphNode; closed?: never }
  | {
      id: string;
      parent: string | undefined;
      closed: GroupState;
      node?: never;
    };

/** One line: an edge, or all edges between two marks as one. */
export type ViewLink = {
  /** `<source>><target>`, which for an edge between two nodes is its own id. */
  id: string;
  source: string;
  target: string;
  /** Worst of its edges. */
  health: HealthState;
  traffic: TrafficSum;
  edges: readonly GraphEdge[];
};

/** What shows of a graph while some boxes are open and others closed. */
export type ViewGraph = {
  /** Sorted by id. */
  marks: readonly ViewMark[];
  links: readonly ViewLink[];
  /** Open boxes, by id. */
  open: ReadonlyMap<string, GroupState>;
  hierarchy: Hierarchy;
  /** Id of the mark in which a node shows: itself, or the outermost closed box around it. */
  markOf(nodeId: string): string;
};

class Tally implements GroupState {
  readonly group: Group;
  nodes = 0;
  failing = 0;
  degraded = 0;
  readonly total = new TrafficTotal();
  readonly inside = new TrafficTotal();
  #worst: HealthState | undefined;
  #unclear: HealthState | undefined;

  constructor(group: Group) {
    this.group = group;
  }

  get health(): HealthState {
    return this.#worst ?? this.#unclear ?? 'unknown';
  }

  count(state: HealthState): void {
    this.nodes += 1;
    this.failing += state === 'failing' ? 1 : 0;
    this.degraded += state === 'degraded' ? 1 : 0;
    if (state === 'unknown' || state === 'idle') {
      this.#unclear = worse(this.#unclear, state);
    } else {
      this.#worst = worse(this.#worst, state);
    }
  }
}

function worse(
  before: HealthState | undefined,
  state: HealthState,
): HealthState {
  return before === undefined || compareHealth(state, before) < 0
    ? state
    : before;
}

class Merged implements ViewLink {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly traffic = new TrafficTotal();
  readonly edges: GraphEdge[] = [];
  health: HealthState = 'idle';

  constructor(id: string, source: string, target: string) {
    this.id = id;
    this.source = source;
    this.target = target;
  }

  add(edge: GraphEdge): void {
    this.edges.push(edge);
    this.traffic.add(edge.traffic);
    this.health = worse(
      this.edges.length === 1 ? undefined : this.health,
      edge.health.state,
    );
  }
}

/** The boxes around a node that show, outermost first, and the closed one that ends them. */
type Way = { shown: readonly Group[]; closed: Group | undefined };

const NO_WAY: Way = { shown: [], closed: undefined };

/**
 * Merges what is inside closed boxes. Rates are conserved: those of all links
 * and of the insides of closed boxes add up to those of all edges.
 */
export function* viewSteps(
  graph: Pick<MeshGraph, 'nodes' | 'edges' | 'graphType'>,
  levels: Levels,
  known?: Hierarchy,
): Steps<ViewGraph> {
  const hierarchy = known ?? (yield* hierarchySteps(graph.nodes));
  const { groups, groupOf } = hierarchy;
  const isOpen = openness(levels);
  const ways = new Map<string, Way>();
  const wayOf = (nodeId: string) => {
    const innermost = groupOf.get(nodeId);
    if (innermost === undefined) {
      return NO_WAY;
    }
    let way = ways.get(innermost);
    if (!way) {
      way = wayThrough(groups, innermost, isOpen);
      ways.set(innermost, way);
    }
    return way;
  };
  const tallies = new Map<string, Tally>();
  const tallyOf = (group: Group) => {
    let tally = tallies.get(group.id);
    if (!tally) {
      tally = new Tally(group);
      tallies.set(group.id, tally);
    }
    return tally;
  };
  const marks: ViewMark[] = [];
  const between = new Set<string>();
  for (const [index, node] of graph.nodes.entries()) {
    if (index % STRIDE === 0) {
      yield;
    }
    if (isBetween(node, graph.graphType)) {
      between.add(node.id);
    }
    const way = wayOf(node.id);
    for (const group of way.shown) {
      const tally = tallyOf(group);
      if (tally.nodes === 0 && group === way.closed) {
        marks.push({ id: group.id, parent: group.parent, closed: tally });
      }
      tally.count(node.health.state);
    }
    if (!way.closed) {
      marks.push({ id: node.id, parent: groupOf.get(node.id), node });
    }
  }
  yield;
  marks.sort((left, right) => (left.id < right.id ? -1 : 1));
  yield;
  const markOf = (nodeId: string) => wayOf(nodeId).closed?.id ?? nodeId;
  const merged = new Map<string, Merged>();
  for (const [index, edge] of graph.edges.entries()) {
    if (index % STRIDE === 0) {
      yield;
    }
    const from = wayOf(edge.source);
    const to = wayOf(edge.target);
    for (const group of to.shown) {
      const tally = tallyOf(group);
      const isInside = from.shown.includes(group);
      // What passes a service on its way was counted when it came to it.
      if (!isInside || !between.has(edge.source)) {
        tally.total.add(edge.traffic);
      }
      if (isInside) {
        tally.inside.add(edge.traffic);
      }
    }
    if (from.closed && from.closed === to.closed) {
      continue;
    }
    const source = from.closed?.id ?? edge.source;
    const target = to.closed?.id ?? edge.target;
    const isWhole = source === edge.source && target === edge.target;
    const id = isWhole ? edge.id : `${source}>${target}`;
    let link = merged.get(id);
    if (!link) {
      link = new Merged(id, source, target);
      merged.set(id, link);
    }
    link.add(edge);
  }
  const open = new Map([...tallies].filter(([, { group }]) => isOpen(group)));
  return { marks, links: [...merged.values()], open, hierarchy, markOf };
}

function wayThrough(
  groups: ReadonlyMap<string, Group>,
  innermost: string,
  isOpen: (group: Group) => boolean,
): Way {
  const around: Group[] = [];
  for (
    let group = groups.get(innermost);
    group;
    group = groups.get(group.parent ?? '')
  ) {
    around.unshift(group);
  }
  const end = around.findIndex(group => !isOpen(group));
  return end < 0
    ? { shown: around, closed: undefined }
    : { shown: around.slice(0, end + 1), closed: around[end] };
}
