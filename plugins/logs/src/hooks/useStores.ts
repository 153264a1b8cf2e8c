import { useApi } from '@backstage/frontend-plugin-api';
import type { LogStoresResponse } from '@orrery/backstage-plugin-logs-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { logsApiRef } from '../api';

const REFRESH_MILLISECONDS = 60_000;

/** Which stores there are, and how they are. */
export function useStores(): AsyncValue<LogStoresResponse> {
  const api = useApi(logsApiRef);
  const ask = useCallback(() => api.stores(), [api]);
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
