import {
  requestsEndingAt,
  type GraphNode,
  type GraphType,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import {
  compareHealth,
  worstHealth,
  type HealthState,
} from '@orrery/backstage-plugin-orrery-common';

/** Nodes of one namespace, or of none, worst first. */
export type OutlineGroup = {
  /** Undefined for what is in no namespace. */
  namespace: string | undefined;
  state: HealthState;
  failing: number;
  /** Undefined when no request into the group was measured. */
  requestsPerSecond: number | undefined;
  nodes: GraphNode[];
};

/** `localeCompare` looks up the language for every pair. */
const byLanguage = new Intl.Collator();

function compareNodes(left: GraphNode, right: GraphNode): number {
  return (
    compareHealth(left.health.state, right.health.state) ||
    (right.inbound.errorShare ?? 0) - (left.inbound.errorShare ?? 0) ||
    (right.inbound.requestsPerSecond ?? 0) -
      (left.inbound.requestsPerSecond ?? 0) ||
    byLanguage.compare(left.name, right.name)
  );
}

/** Health that a group shows: unknown and idle members do not colour it while others are known. */
function groupState(nodes: readonly GraphNode[]): HealthState {
  const known = nodes.filter(
    ({ health }) => health.state !== 'unknown' && health.state !== 'idle',
  );
  return worstHealth(
    (known.length > 0 ? known : nodes).map(node => node.health),
  ).state;
}

/** Each request once, whatever it passed on its way. */
function sumOfRates(
  nodes: readonly GraphNode[],
  graphType: GraphType,
): number | undefined {
  const rates = nodes
    .map(node => requestsEndingAt(node, graphType))
    .filter(rate => rate !== undefined);
  return rates.length > 0
    ? rates.reduce((sum, rate) => sum + rate, 0)
    : undefined;
}

/** What a search looks through, in small letters. */
function textOf(node: GraphNode): string {
  return [node.name, node.app, node.version, node.namespace]
    .filter(Boolean)
    .join(' ')
    .toLocaleLowerCase();
}

/**
 * The outline of a graph: groups and nodes, the worst first. It is the
 * keyboard's way in, so its order must not depend on small changes of rates:
 * nodes of equal health are ordered by errors, then by rate.
 *
 * @param search - keeps nodes whose name, app, version or namespace contains it
 */
export function outlineOf(graph: MeshGraph, search = ''): OutlineGroup[] {
  const wanted = search.trim().toLocaleLowerCase();
  const groups = new Map<string | undefined, GraphNode[]>();
  for (const node of graph.nodes) {
    if (wanted === '' || textOf(node).includes(wanted)) {
      const outside =
        node.kind === 'external' ||
        node.kind === 'unknown' ||
        node.kind === 'passthrough';
      const key = outside ? undefined : node.namespace;
      const group = groups.get(key);
      if (group) {
        group.push(node);
      } else {
        groups.set(key, [node]);
      }
    }
  }
  return [...groups]
    .map(([namespace, nodes]) => ({
      namespace,
      state: groupState(nodes),
      failing: nodes.filter(({ health }) => health.state === 'failing').length,
      requestsPerSecond: sumOfRates(nodes, graph.graphType),
      nodes: nodes.sort(compareNodes),
    }))
    .sort(
      (left, right) =>
        Number(left.namespace === undefined) -
          Number(right.namespace === undefined) ||
        compareHealth(left.state, right.state) ||
        right.failing - left.failing ||
        byLanguage.compare(left.namespace ?? '', right.namespace ?? ''),
    );
}
