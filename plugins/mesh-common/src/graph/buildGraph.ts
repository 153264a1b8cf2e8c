import type { GraphEdge, GraphNode } from '../schema/graph';
import { buildEdges, type EdgeDraft } from './edges';
import { FlowTable } from './flows';
import { addIdleWorkloads, NodeTable } from './nodes';
import { ObjectIndex } from './objectIndex';
import type { GraphObjects, GraphOptions, GraphSeries } from './types';

/** @public */
export type BuildGraphInput = {
  series: GraphSeries;
  objects: GraphObjects;
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

/**
 * Builds the graph of a mesh from what Prometheus measured and what
 * Kubernetes declares. Pure: equal input gives equal output, in equal order.
 *
 * Every flow between two workloads is taken from one reporter's series only,
 * then flows are merged into the edges of the asked graph type; percentiles
 * are computed from merged histograms, never averaged.
 *
 * @public
 */
export function buildGraph({ series, objects, options }: BuildGraphInput): {
  nodes: GraphNode[];
  edges: GraphEdge[];
} {
  const index = new ObjectIndex(objects);
  const namespaces = new Set(options.namespaces);
  const flows = new FlowTable(options.cluster, index);
  flows.add(series);

  const drafts = inNamespaces(
    buildEdges(flows.flows, options.graphType, index),
    namespaces,
  );
  const nodes = new NodeTable(options, index);
  for (const draft of drafts) {
    nodes.addEdge(draft);
  }
  addIdleWorkloads(nodes, index, namespaces);
  const { bounds } = flows;
  return {
    nodes: nodes.build(bounds, series.requests !== undefined),
    edges: drafts
      .map(draft => draft.build(bounds))
      .sort((left, right) => (left.id < right.id ? -1 : 1)),
  };
}
