import { useApi } from '@backstage/frontend-plugin-api';
import type { TrafficHistory } from '@orrery/backstage-plugin-mesh-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { meshApiRef, type MeshApi } from '../api';

const REFRESH_MILLISECONDS = 15_000;

/** How traffic into a node, or over an edge, has changed. */
export function useTrafficHistory(
  request: Parameters<MeshApi['history']>[0],
): AsyncValue<TrafficHistory> {
  const meshApi = useApi(meshApiRef);
  const key = JSON.stringify(request);
  const ask = useCallback(
    () => meshApi.history(JSON.parse(key)),
    [meshApi, key],
  );
  return useAsyncValue(
    ask,
    request.at === undefined ? REFRESH_MILLISECONDS : undefined,
  );
}
