import { NotFoundError } from '@backstage/errors';
import type {
  SourceStatus,
  Warning,
} from '@orrery/backstage-plugin-orrery-common';
import {
  buildGraph,
  type ClusterInput,
  type ExtraQueryName,
  type MeshGraph,
  type Sight,
} from '@orrery/backstage-plugin-mesh-common';
import type {
  ClusterConfig,
  PrometheusClient,
} from '@orrery/backstage-plugin-orrery-node';
import { LRUCache } from 'lru-cache';
import type {
  ClusterObjects,
  ObjectsSnapshot,
} from '../sources/ClusterObjects';
import type { SeriesSnapshot, SeriesStore } from '../sources/SeriesStore';
import type { GraphQuery } from './types';

const KEPT_GRAPHS = 32;
/** Nodes and edges of all graphs that are kept; some 3 kB each. */
const KEPT_ITEMS = 60_000;
/** What Kubernetes says now is taken to be of a moment as recent as this. */
const PRESENT_MILLISECONDS = 2 * 60_000;

/** Everything that is known of one cluster for one graph. */
type ClusterReading = {
  name: string;
  snapshot: ObjectsSnapshot;
  /** Absent where another cluster's Prometheus measures this one too. */
  series?: SeriesSnapshot;
  measuredBy?: string;
};

/** Builds graphs from shared series and shared objects, and keeps them. */
export class GraphReader {
  readonly #objects: ClusterObjects;
  readonly #series: SeriesStore;
  readonly #clients: ReadonlyMap<string, PrometheusClient>;
  readonly #now: () => number;
  readonly #graphs = new LRUCache<string, MeshGraph>({
    max: KEPT_GRAPHS,
    maxSize: KEPT_ITEMS,
    sizeCalculation: ({ nodes, edges }) => nodes.length + edges.length + 1,
  });

  /** @param options - `clients` has the same client for clusters that share a Prometheus */
  constructor(options: {
    objects: ClusterObjects;
    series: SeriesStore;
    clients: ReadonlyMap<string, PrometheusClient>;
    now?: () => number;
  }) {
    this.#objects = options.objects;
    this.#series = options.series;
    this.#clients = options.clients;
    this.#now = options.now ?? (() => Date.now());
  }

  /**
   * @param clusters - at least one, all configured
   * @throws NotFoundError for namespaces that no cluster has.
   */
  async read(
    query: GraphQuery,
    clusters: readonly ClusterConfig[],
    sight: Sight | undefined,
  ): Promise<MeshGraph> {
    const names = clusters.map(({ name }) => name);
    const namespaces = [...new Set(query.namespaces)].sort();
    const include = [...new Set(query.include)].sort();
    const readings = await this.#read(query, names);
    refuseUnknownNamespaces(namespaces, readings, sight);
    const key = JSON.stringify([
      readings.map(({ name, snapshot, series }) => [
        name,
        snapshot.revision,
        series?.revision,
      ]),
      query.graphType,
      namespaces,
      include,
      this.#isPast(query),
      sight?.key,
    ]);
    let graph = this.#graphs.get(key);
    if (!graph) {
      graph = this.#build(query, readings, sight, { namespaces, include });
      this.#graphs.set(key, graph);
    }
    return { ...graph, ...provenanceOf(readings) };
  }

  #isPast({ atMilliseconds }: GraphQuery): boolean {
    return (
      atMilliseconds !== undefined &&
      this.#now() - atMilliseconds > PRESENT_MILLISECONDS
    );
  }

  async #read(
    query: GraphQuery,
    names: readonly string[],
  ): Promise<ClusterReading[]> {
    const extras = extrasOf(query);
    const measuring = new Map<PrometheusClient, string>();
    const readings = names.map(async (name): Promise<ClusterReading> => {
      const client = this.#clients.get(name);
      const measuredBy = client && measuring.get(client);
      if (client && measuredBy === undefined) {
        measuring.set(client, name);
      }
      const [snapshot, series] = await Promise.all([
        this.#objects.read(name),
        measuredBy === undefined
          ? this.#series.read(name, query.windowSeconds, {
              atMilliseconds: query.atMilliseconds,
              extras,
            })
          : undefined,
      ]);
      return { name, snapshot, series, measuredBy };
    });
    return Promise.all(readings);
  }

  #build(
    query: GraphQuery,
    readings: readonly ClusterReading[],
    sight: Sight | undefined,
    options: { namespaces: string[]; include: string[] },
  ): MeshGraph {
    const { namespaces, include } = options;
    const clusters = readings.map(
      ({ name, snapshot, series, measuredBy }): ClusterInput => ({
        name,
        series: series?.series ?? {},
        objects: snapshot.objects,
        measuredBy,
      }),
    );
    const at = Math.min(
      ...readings.flatMap(({ series }) => series?.atMilliseconds ?? []),
    );
    return {
      cluster: readings[0].name,
      clusters: readings.map(({ name }) => name),
      graphType: query.graphType,
      namespaces,
      window: query.windowSeconds,
      at: new Date(at).toISOString(),
      sources: [],
      warnings: [],
      ...buildGraph({
        clusters,
        options: {
          graphType: query.graphType,
          namespaces,
          serviceNodes: include.includes('serviceNodes'),
          operationNodes: include.includes('operationNodes'),
          waypoints: include.includes('waypoints'),
          isPast: this.#isPast(query),
          sight,
        },
      }),
    };
  }
}

function extrasOf({ include = [] }: GraphQuery): ExtraQueryName[] {
  return [
    ...(include.includes('principals') ? (['principals'] as const) : []),
    ...(include.includes('operations') || include.includes('operationNodes')
      ? (['operations'] as const)
      : []),
  ];
}

/** Sources of several clusters carry the cluster's name. */
function provenanceOf(readings: readonly ClusterReading[]): {
  sources: SourceStatus[];
  warnings: Warning[];
} {
  const named = (cluster: string, text: string) =>
    readings.length > 1 ? `${cluster} ${text}` : text;
  return {
    sources: readings.flatMap(({ name, snapshot, series }) =>
      [...(series ? [series.source] : []), ...snapshot.sources].map(source => ({
        ...source,
        name: named(name, source.name),
      })),
    ),
    warnings: readings.flatMap(({ name, series }) =>
      (series?.failures ?? []).map(({ query, reason }) => ({
        code: `query-${query}`,
        message: `${named(name, query)}: ${reason}`,
      })),
    ),
  };
}

function refuseUnknownNamespaces(
  wanted: readonly string[],
  readings: readonly ClusterReading[],
  sight: Sight | undefined,
): void {
  const known = new Set<string>();
  for (const { name: cluster, snapshot } of readings) {
    if (!snapshot.namespaces) {
      return;
    }
    for (const namespace of snapshot.namespaces) {
      // One that the viewer may not see is answered like one that is not there.
      if (!sight || sight.seesNamespace({ cluster, namespace })) {
        known.add(namespace);
      }
    }
  }
  const unknown = wanted.find(namespace => !known.has(namespace));
  if (unknown !== undefined) {
    throw new NotFoundError(
      `namespaces: expected namespaces of the mesh (${[...known]
        .sort()
        .slice(0, 20)
        .join(', ')}), got ${JSON.stringify(unknown)}`,
    );
  }
}
