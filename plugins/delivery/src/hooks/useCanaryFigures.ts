import { useApi } from '@backstage/frontend-plugin-api';
import type {
  CanaryComparison,
  CanaryHistory,
  CanaryLogs,
} from '@orrery/backstage-plugin-delivery-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { deliveryApiRef } from '../api';

const REFRESH_MILLISECONDS = 10_000;
const LOG_LINES = 60;

/** Stable against canary. */
export function useComparison(
  ref: string,
  duration: string,
): AsyncValue<CanaryComparison> {
  const api = useApi(deliveryApiRef);
  const ask = useCallback(
    () => api.comparison(ref, duration),
    [api, ref, duration],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}

/** Both versions over the last `seconds`. */
export function useCanaryHistory(
  ref: string,
  seconds: number,
): AsyncValue<CanaryHistory> {
  const api = useApi(deliveryApiRef);
  const ask = useCallback(() => {
    const to = Date.now();
    return api.history(
      ref,
      new Date(to - seconds * 1000).toISOString(),
      new Date(to).toISOString(),
    );
  }, [api, ref, seconds]);
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}

/** The last lines of one version. */
export function useCanaryLogs(
  ref: string,
  side: 'stable' | 'canary',
): AsyncValue<CanaryLogs> {
  const api = useApi(deliveryApiRef);
  const ask = useCallback(
    () => api.canaryLogs(ref, side, LOG_LINES),
    [api, ref, side],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
