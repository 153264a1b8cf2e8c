import { useApi } from '@backstage/frontend-plugin-api';
import type { Timeline } from '@orrery/backstage-plugin-mesh-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { meshApiRef } from '../api';

const REFRESH_MILLISECONDS = 30_000;

/** All traffic of the mesh over the last part of time. */
export function useTimeline(request: {
  cluster?: string;
  namespaces: readonly string[];
  /** Length, such as `6h`. */
  range: string;
}): AsyncValue<Timeline> {
  const meshApi = useApi(meshApiRef);
  const key = JSON.stringify(request);
  const ask = useCallback(
    () => meshApi.timeline(JSON.parse(key)),
    [meshApi, key],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
