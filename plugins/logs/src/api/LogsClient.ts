import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  logCollectionsResponseSchema,
  logContextResponseSchema,
  logDeltaSchema,
  logFieldsResponseSchema,
  logFieldValuesResponseSchema,
  logHistogramResponseSchema,
  logLinkResponseSchema,
  logPodTargetsSchema,
  logSearchResponseSchema,
  logStoresResponseSchema,
} from '@orrery/backstage-plugin-logs-common';
import {
  followStream,
  readResponseError,
} from '@orrery/backstage-plugin-orrery-react';
import { z } from 'zod';
import type {
  DownloadFormat,
  LogListener,
  LogRequest,
  LogsApi,
  PodLogRequest,
} from './LogsApi';

const problemSchema = z.object({ message: z.string() });

/** A query of what is known; what is not is left out. */
export function queryOf(
  values: Readonly<Record<string, unknown>>,
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text !== undefined && text !== '' && text !== false) {
      query.set(name, String(text));
    }
  }
  return query;
}

/**
 * Talks to the plugin `logs`.
 *
 * @public
 */
export class LogsClient implements LogsApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  stores() {
    return this.#request(logStoresResponseSchema, '/stores', {});
  }

  search(request: LogRequest, page: { limit: number; cursor?: string }) {
    return this.#request(logSearchResponseSchema, '/search', {
      ...request,
      ...page,
    });
  }

  histogram(
    request: LogRequest,
    options: { buckets: number; isCompared: boolean },
  ) {
    return this.#request(logHistogramResponseSchema, '/histogram', {
      ...request,
      buckets: options.buckets,
      compare: options.isCompared && 'previous',
    });
  }

  fields(scope: Pick<LogRequest, 'cluster' | 'namespaces' | 'app'>) {
    return this.#request(logFieldsResponseSchema, '/fields', scope);
  }

  values(request: LogRequest, field: string) {
    return this.#request(logFieldValuesResponseSchema, '/values', {
      ...request,
      field,
    });
  }

  context(
    scope: Pick<LogRequest, 'cluster' | 'namespaces' | 'app'>,
    id: string,
    around: { before: number; after: number },
  ) {
    return this.#request(logContextResponseSchema, '/context', {
      ...scope,
      id,
      ...around,
    });
  }

  link(request: LogRequest) {
    return this.#request(logLinkResponseSchema, '/link', request);
  }

  async download(request: LogRequest, format: DownloadFormat) {
    const response = await this.#fetch('/download', { ...request, format });
    return response;
  }

  follow(request: LogRequest, listener: LogListener, signal: AbortSignal) {
    return this.#follow('/stream', request, listener, signal);
  }

  collection(scope: { cluster: string; namespace: string; app: string }) {
    return this.#request(logCollectionsResponseSchema, '/collection', scope);
  }

  targets(scope: Pick<PodLogRequest, 'cluster' | 'namespace' | 'app'>) {
    return this.#request(logPodTargetsSchema, '/targets', scope);
  }

  followPods(
    request: PodLogRequest,
    listener: LogListener,
    signal: AbortSignal,
  ) {
    return this.#follow('/pods/stream', request, listener, signal);
  }

  async #follow(
    path: string,
    values: Readonly<Record<string, unknown>>,
    listener: LogListener,
    signal: AbortSignal,
  ) {
    const baseUrl = await this.#discoveryApi.getBaseUrl('logs');
    await followStream({
      fetchApi: this.#fetchApi,
      url: `${baseUrl}${path}?${queryOf(values)}`,
      signal,
      onEvent: ({ event, data }) => {
        if (event === 'delta') {
          listener.onDelta(logDeltaSchema.parse(JSON.parse(data)));
        } else if (event === 'problem') {
          const { message } = problemSchema.parse(JSON.parse(data));
          listener.onProblem(new Error(message), false);
        }
      },
      onError: listener.onProblem,
    });
  }

  async #fetch(path: string, values: Readonly<Record<string, unknown>>) {
    const baseUrl = await this.#discoveryApi.getBaseUrl('logs');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${path}?${queryOf(values)}`,
    );
    if (!response.ok) {
      throw await readResponseError(response);
    }
    return response;
  }

  async #request<T extends z.ZodType>(
    schema: T,
    path: string,
    values: Readonly<Record<string, unknown>>,
  ): Promise<z.infer<T>> {
    const response = await this.#fetch(path, values);
    return schema.parse(await response.json());
  }
}
