import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  compareDependencies,
  HIDDEN_SERVICE,
  hideSpans,
  servicesOfTrace,
  summarizeTrace,
  telemetryTracesReadPermission,
  type AssembledTrace,
} from '@orrery/backstage-plugin-telemetry-common';
import type { TelemetrySight } from '../sight/TelemetrySight';
import { refOfService, serviceNameOf } from './serviceNames';
import type { SharedTracesService, TracesService } from './types';

/** Answers each caller with what they may see: other services are hidden, not left out. */
export class AuthorizedTracesService implements TracesService {
  readonly #service: SharedTracesService;
  readonly #sight: TelemetrySight;

  constructor(service: SharedTracesService, sight: TelemetrySight) {
    this.#service = service;
    this.#sight = sight;
  }

  search: TracesService['search'] = async (query, credentials) => {
    const { cluster, namespace, app, remoteService } = query;
    await this.#require(cluster, serviceNameOf(app, namespace), credentials);
    // Which of two services called the other is known to both of them only.
    if (remoteService !== undefined) {
      await this.#require(cluster, remoteService, credentials);
    }
    const { traces, isCut, source } = await this.#service.search(query);
    const isSeen = await this.#sees(cluster, traces, credentials);
    const subject = remoteService ?? serviceNameOf(app, namespace);
    return {
      traces: traces.flatMap(
        trace => summarizeTrace(hideSpans(trace, isSeen), subject) ?? [],
      ),
      isCut,
      provenance: { sources: [source], warnings: [] },
    };
  };

  trace: TracesService['trace'] = async (cluster, traceId, credentials) => {
    const trace = await this.#service.trace(cluster, traceId);
    const isSeen = await this.#sees(cluster, [trace], credentials);
    const { spans, problems } = hideSpans(trace, isSeen);
    if (
      !spans.some(({ service, client }) =>
        [service, client?.service].some(
          name => name !== undefined && name !== HIDDEN_SERVICE,
        ),
      )
    ) {
      throw new NotFoundError(
        `traceId: expected a trace that you may see part of, got ${traceId}`,
      );
    }
    return {
      traceId,
      spans,
      problems,
      provenance: { sources: [], warnings: [] },
    };
  };

  names: TracesService['names'] = async (cluster, service, credentials) => {
    if (service !== undefined) {
      await this.#require(cluster, service, credentials);
    }
    const { source, ...names } = await this.#service.names(cluster, service);
    const seen = await this.#seen(cluster, names.services, credentials);
    return {
      ...names,
      services: names.services.filter(seen.isSeen),
      provenance: { sources: [source], warnings: [] },
    };
  };

  tagValues: TracesService['tagValues'] = async (cluster, key, credentials) => {
    const seen = await this.#seen(cluster, [], credentials);
    if (!seen.isAll) {
      // Stores do not tell whose values they are.
      const reason =
        'Values of tags are of all services, of which you may see some only';
      return {
        values: [],
        provenance: {
          sources: [{ name: 'traces', state: 'forbidden', reason }],
          warnings: [],
        },
      };
    }
    const { values, source } = await this.#service.tagValues(cluster, key);
    return { values, provenance: { sources: [source], warnings: [] } };
  };

  dependencies: TracesService['dependencies'] = async (range, credentials) => {
    const { traced, mesh, sources } = await this.#service.links(range);
    const names = [...traced, ...mesh].flatMap(({ source, target }) => [
      source,
      target,
    ]);
    const { isSeen } = await this.#seen(range.cluster, names, credentials);
    const isOutside = (name: string) => name === 'unknown';
    const wanted = ({ source, target }: { source: string; target: string }) =>
      (isSeen(source) && !isOutside(source)) || isSeen(target)
        ? range.namespaces.length === 0 ||
          [source, target].some(name =>
            range.namespaces.includes(name.slice(name.lastIndexOf('.') + 1)),
          )
        : false;
    const shown = (name: string) =>
      isSeen(name) || isOutside(name) ? name : HIDDEN_SERVICE;
    const links = compareDependencies(
      traced.filter(wanted),
      mesh.filter(wanted),
    ).map(link => ({
      ...link,
      source: shown(link.source),
      target: shown(link.target),
    }));
    return { links, provenance: { sources, warnings: [] } };
  };

  async #require(
    cluster: string,
    service: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#sight.require(
      telemetryTracesReadPermission,
      refOfService(cluster, service),
      credentials,
    );
  }

  async #sees(
    cluster: string,
    traces: readonly AssembledTrace[],
    credentials: BackstageCredentials,
  ): Promise<(service: string) => boolean> {
    const names = new Set<string>();
    for (const trace of traces) {
      servicesOfTrace(trace).forEach(name => names.add(name));
    }
    return (await this.#seen(cluster, names, credentials)).isSeen;
  }

  async #seen(
    cluster: string,
    services: Iterable<string>,
    credentials: BackstageCredentials,
  ): Promise<{ isAll: boolean; isSeen: (service: string) => boolean }> {
    const refs = [...services].map(name => refOfService(cluster, name));
    const seen = await this.#sight.seen(
      telemetryTracesReadPermission,
      refs,
      credentials,
    );
    return {
      isAll: seen.isAll,
      isSeen: service => seen.has(refOfService(cluster, service)),
    };
  }
}
