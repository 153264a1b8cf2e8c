import { useApi } from '@backstage/frontend-plugin-api';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import type {
  TraceResponse,
  TraceServicesResponse,
  TracesResponse,
} from '@orrery/backstage-plugin-telemetry-common';
import { useCallback } from 'react';
import { telemetryApiRef, type TracesRequest } from '../api';

/** Traces of a service. */
export function useTraces(request: TracesRequest): AsyncValue<TracesResponse> {
  const api = useApi(telemetryApiRef);
  const key = JSON.stringify(request);
  const ask = useCallback(() => api.traces(JSON.parse(key)), [api, key]);
  return useAsyncValue(ask);
}

/** One trace in full. */
export function useTrace(
  cluster: string,
  traceId: string,
): AsyncValue<TraceResponse> {
  const api = useApi(telemetryApiRef);
  const ask = useCallback(
    () => api.trace(cluster, traceId),
    [api, cluster, traceId],
  );
  return useAsyncValue(ask);
}

/** Names to choose from. */
export function useTraceNames(
  cluster: string,
  service?: string,
): AsyncValue<TraceServicesResponse> {
  const api = useApi(telemetryApiRef);
  const ask = useCallback(
    () => api.traceServices({ cluster, service }),
    [api, cluster, service],
  );
  return useAsyncValue(ask);
}
