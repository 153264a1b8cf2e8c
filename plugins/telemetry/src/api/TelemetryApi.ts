import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
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
}

/** @public */
export const telemetryApiRef = createApiRef<TelemetryApi>().with({
  id: 'plugin.telemetry.api',
  pluginId: 'telemetry',
});
