import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { readResponseError } from '@orrery/backstage-plugin-orrery-react';
import {
  dependenciesResponseSchema,
  traceResponseSchema,
  traceServicesResponseSchema,
  tracesResponseSchema,
  traceTagValuesResponseSchema,
} from '@orrery/backstage-plugin-telemetry-common';
import type { z } from 'zod';
import type { TelemetryApi } from './TelemetryApi';

function queryOf(request: object): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text !== undefined && text !== '' && text !== false) {
      query.set(name, String(text));
    }
  }
  return query;
}

/**
 * Talks to the plugin `telemetry`.
 *
 * @public
 */
export class TelemetryClient implements TelemetryApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  traces: TelemetryApi['traces'] = request =>
    this.#request(tracesResponseSchema, `/traces?${queryOf(request)}`);

  trace: TelemetryApi['trace'] = (cluster, traceId) =>
    this.#request(
      traceResponseSchema,
      `/traces/${encodeURIComponent(traceId)}?${queryOf({ cluster })}`,
    );

  traceServices: TelemetryApi['traceServices'] = request =>
    this.#request(
      traceServicesResponseSchema,
      `/trace-services?${queryOf(request)}`,
    );

  traceTagValues: TelemetryApi['traceTagValues'] = (cluster, key) =>
    this.#request(
      traceTagValuesResponseSchema,
      `/trace-tags/${encodeURIComponent(key)}?${queryOf({ cluster })}`,
    );

  dependencies: TelemetryApi['dependencies'] = request =>
    this.#request(
      dependenciesResponseSchema,
      `/dependencies?${queryOf(request)}`,
    );

  async #request<T extends z.ZodType>(
    schema: T,
    path: string,
  ): Promise<z.infer<T>> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('telemetry');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`);
    if (!response.ok) {
      throw await readResponseError(response);
    }
    return schema.parse(await response.json());
  }
}
