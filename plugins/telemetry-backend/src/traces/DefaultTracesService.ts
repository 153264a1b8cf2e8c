import { NotFoundError } from '@backstage/errors';
import {
  resolveTimeRange,
  type SourceStatus,
} from '@orrery/backstage-plugin-orrery-common';
import type { PrometheusClient } from '@orrery/backstage-plugin-orrery-node';
import {
  assembleTrace,
  matchesTrace,
  type MeshLink,
  type TraceQuery,
} from '@orrery/backstage-plugin-telemetry-common';
import { reasonOf } from '../sources/UpstreamError';
import { parseTags } from './parseTags';
import { readMeshLinks } from './readMeshLinks';
import { serviceNameOf } from './serviceNames';
import type { StoredTrace, TraceSource } from './TraceSource';
import type { SharedTracesService, TraceRange } from './types';

/** So many times more is asked of a store that cannot tell edges and versions apart. */
const WIDER = 5;
/** More traces than this are not read at once. */
const MOST_READ = 1000;

/** Reads traces from the stores of clusters. */
export class DefaultTracesService implements SharedTracesService {
  readonly #sources: ReadonlyMap<string, TraceSource>;
  readonly #prometheus: ReadonlyMap<string, PrometheusClient>;
  readonly #now: () => number;

  constructor(options: {
    sources: ReadonlyMap<string, TraceSource>;
    prometheus: ReadonlyMap<string, PrometheusClient>;
    now?: () => number;
  }) {
    this.#sources = options.sources;
    this.#prometheus = options.prometheus;
    this.#now = options.now ?? (() => Date.now());
  }

  async search(query: TraceQuery) {
    const range = resolveTimeRange(query, this.#now());
    const { cluster, namespace, app, limit, version, remoteService } = query;
    const service = serviceNameOf(app, namespace);
    const isNarrowed = version !== undefined || remoteService !== undefined;
    const asked = Math.min(isNarrowed ? limit * WIDER : limit + 1, MOST_READ);
    const search = {
      ...range,
      service,
      spanName: query.spanName,
      minDurationMilliseconds: query.minDurationMilliseconds,
      maxDurationMilliseconds: query.maxDurationMilliseconds,
      tags: parseTags(query.tags),
      errorsOnly: query.errorsOnly,
      limit: asked,
    };
    const none: StoredTrace[] = [];
    const { value, source } = await this.#ask(cluster, none, store =>
      store.search(search),
    );
    const matching = value
      .map(({ traceId, reports }) => assembleTrace(traceId, reports))
      .filter(trace =>
        matchesTrace(trace, {
          service,
          version,
          remoteService,
          errorsOnly: query.errorsOnly,
        }),
      );
    return {
      traces: matching.slice(0, limit),
      isCut: value.length >= asked || matching.length > limit,
      source,
    };
  }

  async trace(cluster: string, traceId: string) {
    const store = this.#store(cluster);
    const stored = await store.trace(traceId);
    if (!stored) {
      throw new NotFoundError(
        `traceId: expected a trace that ${store.name} of ${cluster} still has, got ${traceId}`,
      );
    }
    return assembleTrace(traceId, stored.reports);
  }

  async names(cluster: string, service: string | undefined) {
    const none = { services: [], spanNames: [], tagKeys: [] };
    const { value, source } = await this.#ask<{
      services: string[];
      spanNames: string[];
      tagKeys: string[];
    }>(cluster, none, async store => {
      const [services, spanNames, tagKeys] = await Promise.all([
        store.services(),
        service === undefined ? [] : store.spanNames(service),
        store.tagKeys(),
      ]);
      return { services, spanNames, tagKeys };
    });
    return { ...value, source };
  }

  async tagValues(cluster: string, key: string) {
    const none: string[] = [];
    const { value, source } = await this.#ask(cluster, none, store =>
      store.tagValues(key),
    );
    return { values: value, source };
  }

  async links({ cluster, ...range }: TraceRange) {
    const [traced, mesh] = await Promise.all([
      this.#ask(cluster, [], store => store.dependencies(range)),
      this.#meshLinks({ cluster, ...range }),
    ]);
    return {
      traced: traced.value,
      mesh: mesh.links,
      sources: [traced.source, mesh.source],
    };
  }

  async #meshLinks(
    range: TraceRange,
  ): Promise<{ links: MeshLink[]; source: SourceStatus }> {
    const name = 'prometheus';
    const client = this.#prometheus.get(range.cluster);
    if (!client) {
      const reason = `No Prometheus is configured for cluster ${range.cluster} (orrery.clusters[].prometheus)`;
      return { links: [], source: { name, state: 'absent', reason } };
    }
    try {
      const links = await readMeshLinks(client, range);
      return { links, source: { name, state: 'ok' } };
    } catch (error) {
      return {
        links: [],
        source: { name, state: 'failed', reason: reasonOf(error) },
      };
    }
  }

  #store(cluster: string): TraceSource {
    const store = this.#sources.get(cluster);
    if (!store) {
      throw new NotFoundError(this.#absence(cluster));
    }
    return store;
  }

  #absence(cluster: string): string {
    return `cluster: expected one with a store of traces (orrery.clusters[].zipkin), one of ${
      [...this.#sources.keys()].join(', ') || 'none'
    }, got ${cluster}`;
  }

  async #ask<T>(
    cluster: string,
    none: T,
    question: (store: TraceSource) => Promise<T>,
  ): Promise<{ value: T; source: SourceStatus }> {
    const store = this.#sources.get(cluster);
    if (!store) {
      return {
        value: none,
        source: {
          name: 'traces',
          state: 'absent',
          reason: this.#absence(cluster),
        },
      };
    }
    const { name } = store;
    try {
      const value = await question(store);
      const asOf = new Date(this.#now()).toISOString();
      return { value, source: { name, state: 'ok', asOf } };
    } catch (error) {
      return {
        value: none,
        source: { name, state: 'failed', reason: reasonOf(error) },
      };
    }
  }
}
