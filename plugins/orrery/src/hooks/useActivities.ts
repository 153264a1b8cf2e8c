import { useApi } from '@backstage/frontend-plugin-api';
import type { ActivityList } from '@orrery/backstage-plugin-orrery-common';
import {
  orreryApiRef,
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';

const REFRESH_MILLISECONDS = 10_000;
const LIMIT = 20;

/** The newest activities. */
export function useActivities(): AsyncValue<ActivityList> {
  const orreryApi = useApi(orreryApiRef);
  const ask = useCallback(
    () => orreryApi.activities({ limit: LIMIT }),
    [orreryApi],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
