import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  controlPlanesSchema,
  meshGraphSchema,
  nodeDetailsSchema,
  serviceSummariesSchema,
  timelineSchema,
  trafficHistorySchema,
  type ServiceSummaries,
} from '@orrery/backstage-plugin-mesh-common';
import { readResponseError } from '@orrery/backstage-plugin-orrery-react';
import type { z } from 'zod';
import { followGraph } from './followGraph';
import type { GraphRequest, GraphStreamListener, MeshApi } from './MeshApi';

/** How long one answer serves every row of a list. */
const SUMMARIES_MILLISECONDS = 5_000;

function queryOf(
  request: Partial<GraphRequest> & { range?: string },
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text) {
      query.set(name, String(text));
    }
  }
  return query;
}

/**
 * Talks to the plugin `mesh`.
 *
 * @public
 */
export class MeshClient implements MeshApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;
  readonly #summaries = new Map<
    string,
    { answer: Promise<ServiceSummaries>; until: number }
  >();

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async graph(request: GraphRequest) {
    return this.#request(meshGraphSchema, `/graph?${queryOf(request)}`);
  }

  async follow(
    request: Omit<GraphRequest, 'at'>,
    listener: GraphStreamListener,
    signal: AbortSignal,
  ) {
    const baseUrl = await this.#discoveryApi.getBaseUrl('mesh');
    await followGraph({
      fetchApi: this.#fetchApi,
      url: `${baseUrl}/graph/stream?${queryOf(request)}`,
      listener,
      signal,
    });
  }

  async node(id: string, request: GraphRequest) {
    return this.#request(
      nodeDetailsSchema,
      `/nodes/${encodeURIComponent(id)}?${queryOf(request)}`,
    );
  }

  async history(request: Parameters<MeshApi['history']>[0]) {
    return this.#request(trafficHistorySchema, `/history?${queryOf(request)}`);
  }

  async timeline(request: Parameters<MeshApi['timeline']>[0]) {
    return this.#request(timelineSchema, `/timeline?${queryOf(request)}`);
  }

  async controlPlanes(request: { cluster?: string } = {}) {
    return this.#request(
      controlPlanesSchema,
      `/control-planes?${queryOf(request)}`,
    );
  }

  async summaries(request: { cluster?: string } = {}) {
    const key = request.cluster ?? '';
    const present = this.#summaries.get(key);
    if (present && present.until > Date.now()) {
      return present.answer;
    }
    const answer = this.#request(
      serviceSummariesSchema,
      `/summaries?${queryOf(request)}`,
    );
    this.#summaries.set(key, {
      answer,
      until: Date.now() + SUMMARIES_MILLISECONDS,
    });
    // A failure must not be what everyone gets for the next seconds.
    answer.catch(() => this.#summaries.delete(key));
    return answer;
  }

  async #request<T extends z.ZodType>(
    schema: T,
    path: string,
  ): Promise<z.infer<T>> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('mesh');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`);
    if (!response.ok) {
      throw await readResponseError(response);
    }
    return schema.parse(await response.json());
  }
}
