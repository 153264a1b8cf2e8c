import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ChartGroup,
  ChartsResponse,
  DashboardPanelsResponse,
  DashboardsResponse,
  PanelDrawingResponse,
  ServiceLevelsResponse,
  DependenciesResponse,
  TraceQuery,
  TraceResponse,
  TraceServicesResponse,
  TracesResponse,
  TraceTagValuesResponse,
} from '@orrery/backstage-plugin-telemetry-common';

/** Which traces are wanted; `cluster`, `namespace` and `app` at least. @public */
export type TracesRequest = Pick<TraceQuery, 'cluster' | 'namespace' | 'app'> &
  // As the URL has them; the server checks them.
  Partial<Record<keyof TraceQuery, string | number | boolean>>;

/** A range as the URL has it. @public */
export type RangeRequest = { from: string; to: string };

/** Which panel, for whom and when. @public */
export type PanelRequest = RangeRequest & {
  /** `cluster/namespace/service/app`. */
  ref: string;
  grafana: string;
  uid: string;
  panelId: number;
  theme?: 'light' | 'dark';
};

/**
 * Charts, service levels, dashboards and traces, as the backend knows them.
 *
 * @public
 */
export interface TelemetryApi {
  traces(request: TracesRequest): Promise<TracesResponse>;
  trace(cluster: string, traceId: string): Promise<TraceResponse>;
  traceServices(request: {
    cluster: string;
    /** `app.namespace` whose names of spans are wanted. */
    service?: string;
  }): Promise<TraceServicesResponse>;
  traceTagValues(cluster: string, key: string): Promise<TraceTagValuesResponse>;
  dependencies(request: {
    cluster: string;
    namespaces: readonly string[];
    from: string;
    to: string;
  }): Promise<DependenciesResponse>;
  charts(
    request: RangeRequest & {
      ref: string;
      compare: boolean;
      group: ChartGroup;
    },
  ): Promise<ChartsResponse>;
  levels(ref: string): Promise<ServiceLevelsResponse>;
  dashboards(
    request: RangeRequest & { ref: string },
  ): Promise<DashboardsResponse>;
  panels(
    request: Omit<PanelRequest, 'panelId'>,
  ): Promise<DashboardPanelsResponse>;
  drawing(request: PanelRequest): Promise<PanelDrawingResponse>;
  /** A panel as Grafana draws it. */
  image(request: PanelRequest): Promise<Blob>;
}

/** @public */
export const telemetryApiRef = createApiRef<TelemetryApi>().with({
  id: 'plugin.telemetry.api',
  pluginId: 'telemetry',
});
