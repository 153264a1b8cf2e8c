import { NotFoundError } from '@backstage/errors';
import {
  buildGraph,
  type MeshGraph,
  type NodeDetails,
  type ServiceSummaries,
  type TrafficHistory,
} from '@orrery/backstage-plugin-mesh-common';
import type {
  OrreryConfig,
  PrometheusClient,
} from '@orrery/backstage-plugin-orrery-node';
import { LRUCache } from 'lru-cache';
import type { ClusterObjects } from '../sources/ClusterObjects';
import type { SeriesStore } from '../sources/SeriesStore';
import {
  checkMoment,
  checkRange,
  clusterOf,
  type CheckedQuery,
} from './checkQuery';
import { readHistory } from './readHistory';
import { summarize } from './summarize';
import type { GraphQuery, HistoryQuery, MeshService } from './types';

const KEPT_GRAPHS = 32;

/** Builds graphs from shared series and shared objects. */
export class DefaultMeshService implements MeshService {
  readonly #config: OrreryConfig;
  readonly #objects: ClusterObjects;
  readonly #series: SeriesStore;
  readonly #clients: ReadonlyMap<string, PrometheusClient>;
  readonly #now: () => number;
  readonly #graphs = new LRUCache<string, MeshGraph>({ max: KEPT_GRAPHS });

  constructor(options: {
    config: OrreryConfig;
    objects: ClusterObjects;
    series: SeriesStore;
    clients: ReadonlyMap<string, PrometheusClient>;
    now?: () => number;
  }) {
    this.#config = options.config;
    this.#objects = options.objects;
    this.#series = options.series;
    this.#clients = options.clients;
    this.#now = options.now ?? (() => Date.now());
  }

  async graph(query: GraphQuery): Promise<MeshGraph> {
    const cluster = clusterOf(this.#config, query.cluster);
    checkMoment(cluster, query, this.#now());
    return this.#graph({ ...query, cluster: cluster.name });
  }

  async node(id: string, query: GraphQuery): Promise<NodeDetails> {
    const graph = await this.graph(query);
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

  async history(query: HistoryQuery): Promise<TrafficHistory> {
    checkRange(clusterOf(this.#config, query.cluster), query.rangeSeconds);
    const graph = await this.graph(query);
    return readHistory({
      graph,
      target: findNode(graph, query.target, 'target'),
      source:
        query.source === undefined
          ? undefined
          : findNode(graph, query.source, 'source'),
      rangeSeconds: query.rangeSeconds,
      client: this.#clients.get(graph.cluster),
    });
  }

  async summaries(
    query: Omit<GraphQuery, 'graphType'>,
  ): Promise<ServiceSummaries> {
    // Both come from the same series: no query is asked twice.
    const [apps, versions] = await Promise.all([
      this.graph({ ...query, graphType: 'app' }),
      this.graph({ ...query, graphType: 'versionedApp' }),
    ]);
    return {
      at: apps.at,
      sources: apps.sources,
      warnings: apps.warnings,
      items: summarize(apps, versions),
    };
  }

  async #graph(query: CheckedQuery): Promise<MeshGraph> {
    const { cluster, graphType } = query;
    const namespaces = [...new Set(query.namespaces)].sort();
    const [snapshot, { objects, revision, sources, namespaces: known }] =
      await Promise.all([
        this.#series.read(cluster, query.windowSeconds, query.atMilliseconds),
        this.#objects.read(cluster),
      ]);
    refuseUnknownNamespaces(namespaces, known);
    const key = JSON.stringify([
      snapshot.revision,
      revision,
      graphType,
      namespaces,
    ]);
    let graph = this.#graphs.get(key);
    if (!graph) {
      graph = {
        cluster,
        graphType,
        namespaces,
        window: query.windowSeconds,
        at: new Date(snapshot.atMilliseconds).toISOString(),
        sources: [],
        warnings: [],
        ...buildGraph({
          series: snapshot.series,
          objects,
          options: { cluster, graphType, namespaces },
        }),
      };
      this.#graphs.set(key, graph);
    }
    return {
      ...graph,
      sources: [snapshot.source, ...sources],
      warnings: snapshot.failures.map(({ query: name, reason }) => ({
        code: `query-${name}`,
        message: `${name}: ${reason}`,
      })),
    };
  }
}

function findNode(graph: MeshGraph, id: string, field = 'id') {
  const node = graph.nodes.find(candidate => candidate.id === id);
  if (!node) {
    throw new NotFoundError(
      `${field}: no node ${JSON.stringify(id)} in the ${
        graph.graphType
      } graph of cluster ${graph.cluster}`,
    );
  }
  return node;
}

function refuseUnknownNamespaces(
  wanted: readonly string[],
  known: ReadonlySet<string> | undefined,
): void {
  const unknown = wanted.find(namespace => known?.has(namespace) === false);
  if (known && unknown !== undefined) {
    throw new NotFoundError(
      `namespaces: expected namespaces of the cluster (${[...known]
        .sort()
        .slice(0, 20)
        .join(', ')}), got ${JSON.stringify(unknown)}`,
    );
  }
}
