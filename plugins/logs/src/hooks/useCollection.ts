import { useApi } from '@backstage/frontend-plugin-api';
import type { LogCollectionsResponse } from '@orrery/backstage-plugin-logs-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { logsApiRef } from '../api';

const REFRESH_MILLISECONDS = 30_000;

/** What of a service's logs is collected. */
export function useCollection(
  cluster: string,
  namespace: string,
  app: string,
): AsyncValue<LogCollectionsResponse> {
  const logsApi = useApi(logsApiRef);
  const ask = useCallback(
    () => logsApi.collection({ cluster, namespace, app }),
    [logsApi, cluster, namespace, app],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
