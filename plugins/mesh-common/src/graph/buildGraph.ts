import type { GraphEdge, GraphNode } from '../schema/graph';
import { mergeSegments, type EdgeDraft } from './edges';
import { FlowTable } from './flows';
import { addIdle } from './idle';
import { MeshIndex } from './meshIndex';
import { NodeTable } from './nodes';
import { Projector } from './projection';
import { segmentsOf } from './segments';
import type { ClusterInput, GraphOptions } from './types';

/** @public */
export type BuildGraphInput = {
  /** Clusters whose Prometheus was asked; where one serves several, its series come with the first. */
  clusters: readonly ClusterInput[];
  options: GraphOptions;
};

/** Keeps edges that touch a wanted namespace, and so their far ends. */
function inNamespaces(
  edges: EdgeDraft[],
  namespaces: ReadonlySet<string>,
): EdgeDraft[] {
  return namespaces.size === 0
    ? edges
    : edges.filter(
        ({ source, target }) =>
          namespaces.has(source.namespace ?? '') ||
          namespaces.has(target.namespace ?? ''),
      );
}

/** Whether silence in a cluster means something. */
function telemetryOf(
  clusters: readonly ClusterInput[],
): (cluster: string) => boolean {
  const byName = new Map(clusters.map(cluster => [cluster.name, cluster]));
  const measured = (cluster: ClusterInput | undefined) =>
    cluster?.series.requests !== undefined;
  const any = clusters.some(measured);
  return name => {
    const cluster = byName.get(name);
    return cluster ? measured(byName.get(cluster.measuredBy ?? name)) : any;
  };
}

/**
 * Builds the graph of a mesh from what Prometheus measured and what
 * Kubernetes declares. Pure: equal input gives equal output, in equal order.
 *
 * Every flow between two workloads is taken from one reporter's series only,
 * then flows are merged into the edges of the asked graph type; percentiles
 * are computed from merged histograms, never averaged. What the viewer may
 * not see becomes one anonymous node while the graph is built, so that no
 * name of it is in the result.
 *
 * @public
 */
export function buildGraph({ clusters, options }: BuildGraphInput): {
  nodes: GraphNode[];
  edges: GraphEdge[];
} {
  const index = new MeshIndex(clusters);
  const flows = new FlowTable(index);
  for (const { name, series } of clusters) {
    flows.add(series, name);
  }
  const projector = new Projector(options, index);
  const drafts = inNamespaces(
    mergeSegments(segmentsOf(flows.flows, options, projector, index)),
    new Set(options.namespaces),
  );
  const nodes = new NodeTable(projector, index, options.isPast);
  for (const draft of drafts) {
    nodes.addEdge(draft);
  }
  addIdle(nodes, index, options, projector);
  const { bounds } = flows;
  return {
    nodes: nodes.build(bounds, telemetryOf(clusters)),
    edges: drafts
      .map(draft =>
        draft.build(bounds, projector.viewer, node => nodes.healthRateOf(node)),
      )
      .sort((left, right) => (left.id < right.id ? -1 : 1)),
  };
}
