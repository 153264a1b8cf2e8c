import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { readResponseError } from '@orrery/backstage-plugin-orrery-react';
import {
  chartsResponseSchema,
  dashboardPanelsResponseSchema,
  dashboardsResponseSchema,
  dependenciesResponseSchema,
  panelDrawingResponseSchema,
  serviceLevelsResponseSchema,
  traceResponseSchema,
  traceServicesResponseSchema,
  tracesResponseSchema,
  traceTagValuesResponseSchema,
} from '@orrery/backstage-plugin-telemetry-common';
import type { z } from 'zod';
import type { PanelRequest, TelemetryApi } from './TelemetryApi';

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

function pathOf(ref: string): string {
  return `/services/${encodeURIComponent(ref)}`;
}

function dashboardPath(
  request: Omit<PanelRequest, 'panelId' | 'from' | 'to'>,
): string {
  const { ref, grafana, uid } = request;
  return `${pathOf(ref)}/dashboards/${encodeURIComponent(
    grafana,
  )}/${encodeURIComponent(uid)}/panels`;
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

  charts: TelemetryApi['charts'] = ({ ref, ...query }) =>
    this.#request(
      chartsResponseSchema,
      `${pathOf(ref)}/charts?${queryOf(query)}`,
    );

  levels: TelemetryApi['levels'] = ref =>
    this.#request(serviceLevelsResponseSchema, `${pathOf(ref)}/levels`);

  dashboards: TelemetryApi['dashboards'] = ({ ref, ...query }) =>
    this.#request(
      dashboardsResponseSchema,
      `${pathOf(ref)}/dashboards?${queryOf(query)}`,
    );

  panels: TelemetryApi['panels'] = request => {
    const { from, to, theme } = request;
    return this.#request(
      dashboardPanelsResponseSchema,
      `${dashboardPath(request)}?${queryOf({ from, to, theme })}`,
    );
  };

  drawing: TelemetryApi['drawing'] = request => {
    const { from, to, panelId } = request;
    return this.#request(
      panelDrawingResponseSchema,
      `${dashboardPath(request)}/${panelId}/drawing?${queryOf({ from, to })}`,
    );
  };

  image: TelemetryApi['image'] = async request => {
    const { from, to, theme, panelId } = request;
    const response = await this.#fetch(
      `${dashboardPath(request)}/${panelId}/image?${queryOf({
        from,
        to,
        theme,
      })}`,
    );
    return response.blob();
  };

  async #request<T extends z.ZodType>(
    schema: T,
    path: string,
  ): Promise<z.infer<T>> {
    return schema.parse(await (await this.#fetch(path)).json());
  }

  async #fetch(path: string): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('telemetry');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`);
    if (!response.ok) {
      throw await readResponseError(response);
    }
    return response;
  }
}
