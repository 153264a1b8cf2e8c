import { useApi } from '@backstage/frontend-plugin-api';
import type { ServiceSummaries } from '@orrery/backstage-plugin-mesh-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { meshApiRef } from '../api';

const REFRESH_MILLISECONDS = 15_000;

/** All apps of a cluster in short. */
export function useSummaries(cluster?: string): AsyncValue<ServiceSummaries> {
  const meshApi = useApi(meshApiRef);
  const ask = useCallback(
    () => meshApi.summaries({ cluster }),
    [meshApi, cluster],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
