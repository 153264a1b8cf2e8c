import { NotFoundError } from '@backstage/errors';
import type {
  ControlPlanes,
  MeshGraph,
  NodeDetails,
  ServiceSummaries,
  Sight,
  Timeline,
  TrafficHistory,
} from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type {
  OrreryConfig,
  PrometheusClient,
} from '@orrery/backstage-plugin-orrery-node';
import { checkMoment, checkRange, clustersOf } from './checkQuery';
import type { GraphReader } from './GraphReader';
import {
  readControlPlanes,
  type ControlPlaneSources,
} from './readControlPlanes';
import { readHistory } from './readHistory';
import { readTimeline } from './readTimeline';
import { summarize } from './summarize';
import type {
  GraphQuery,
  HistoryQuery,
  SharedMeshService,
  TimelineQuery,
} from './types';

/** Answers from shared graphs. */
export class DefaultMeshService implements SharedMeshService {
  readonly #config: OrreryConfig;
  readonly #graphs: GraphReader;
  readonly #clients: ReadonlyMap<string, PrometheusClient>;
  readonly #planes: Omit<ControlPlaneSources, 'clients'>;
  readonly #now: () => number;

  constructor(options: {
    config: OrreryConfig;
    graphs: GraphReader;
    planes: Omit<ControlPlaneSources, 'clients'>;
    clients: ReadonlyMap<string, PrometheusClient>;
    now?: () => number;
  }) {
    this.#config = options.config;
    this.#graphs = options.graphs;
    this.#clients = options.clients;
    this.#planes = options.planes;
    this.#now = options.now ?? (() => Date.now());
  }

  async graph(query: GraphQuery, sight: Sight | undefined): Promise<MeshGraph> {
    const clusters = clustersOf(this.#config, query.cluster);
    const now = this.#now();
    for (const cluster of clusters) {
      checkMoment(cluster, query, now);
    }
    return this.#graphs.read(query, clusters, sight);
  }

  async node(
    id: string,
    query: GraphQuery,
    sight: Sight | undefined,
  ): Promise<NodeDetails> {
    const graph = await this.graph(query, sight);
    const node = findNode(graph, id);
    const inbound = graph.edges.filter(edge => edge.target === id);
    const outbound = graph.edges.filter(edge => edge.source === id);
    const ends = new Set([
      ...inbound.map(edge => edge.source),
      ...outbound.map(edge => edge.target),
    ]);
    ends.delete(id);
    return {
      at: graph.at,
      node,
      inbound,
      outbound,
      neighbours: graph.nodes.filter(candidate => ends.has(candidate.id)),
      sources: graph.sources,
      warnings: graph.warnings,
    };
  }

  async history(
    query: HistoryQuery,
    sight: Sight | undefined,
  ): Promise<TrafficHistory> {
    for (const cluster of clustersOf(this.#config, query.cluster)) {
      checkRange(cluster, query.rangeSeconds);
    }
    const graph = await this.graph(query, sight);
    const target = findNode(graph, query.target, 'target');
    const source =
      query.source === undefined
        ? undefined
        : findNode(graph, query.source, 'source');
    for (const [field, node] of [
      ['target', target],
      ['source', source],
    ] as const) {
      if (node?.kind === 'hidden') {
        throw new InvalidValueError(
          field,
          'a node that you may see: what is hidden has no history',
          node.id,
        );
      }
    }
    return readHistory({
      graph,
      target,
      source,
      rangeSeconds: query.rangeSeconds,
      clientOf: cluster => this.#clients.get(cluster),
    });
  }

  async timeline(
    query: TimelineQuery,
    sight: Sight | undefined,
  ): Promise<Timeline> {
    const clusters = clustersOf(this.#config, query.cluster);
    const now = this.#now();
    for (const cluster of clusters) {
      checkMoment(cluster, { windowSeconds: 60, ...query }, now);
      checkRange(cluster, query.rangeSeconds);
    }
    return readTimeline({
      query,
      clusters,
      clients: this.#clients,
      sight,
      now,
    });
  }

  async controlPlanes(
    query: Pick<GraphQuery, 'cluster'>,
    sight: Sight | undefined,
  ): Promise<ControlPlanes> {
    return readControlPlanes({
      clusters: clustersOf(this.#config, query.cluster),
      sources: { ...this.#planes, clients: this.#clients },
      sight,
      now: this.#now(),
    });
  }

  async summaries(
    query: Omit<GraphQuery, 'graphType'>,
    sight: Sight | undefined,
  ): Promise<ServiceSummaries> {
    // Both come from the same series: no query is asked twice.
    const [apps, versions] = await Promise.all([
      this.graph({ ...query, graphType: 'app' }, sight),
      this.graph({ ...query, graphType: 'versionedApp' }, sight),
    ]);
    return {
      at: apps.at,
      sources: apps.sources,
      warnings: apps.warnings,
      items: summarize(apps, versions),
    };
  }
}

function findNode(graph: MeshGraph, id: string, field = 'id') {
  const node = graph.nodes.find(candidate => candidate.id === id);
  if (!node) {
    throw new NotFoundError(
      `${field}: no node ${JSON.stringify(id)} in the ${
        graph.graphType
      } graph of ${(graph.clusters ?? [graph.cluster]).join(', ')}`,
    );
  }
  return node;
}
