import { useApi } from '@backstage/frontend-plugin-api';
import type { ControlPlanes } from '@orrery/backstage-plugin-mesh-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { meshApiRef } from '../api';

const REFRESH_MILLISECONDS = 30_000;

/** The control planes of all clusters, or of one. */
export function useControlPlanes(cluster?: string): AsyncValue<ControlPlanes> {
  const meshApi = useApi(meshApiRef);
  const ask = useCallback(
    () => meshApi.controlPlanes({ cluster }),
    [meshApi, cluster],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
