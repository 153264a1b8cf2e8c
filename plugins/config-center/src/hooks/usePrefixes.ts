import { useApi } from '@backstage/frontend-plugin-api';
import type { ConfigPrefixes } from '@orrery/backstage-plugin-config-center-common';
import {
  useAsyncValue,
  useScope,
  useViewState,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { configApiRef } from '../api';

const REFRESH_MILLISECONDS = 60_000;

/** The cluster of the page: what its URL names, otherwise the first. */
export function useCluster(preferred?: string): string | undefined {
  const [view] = useViewState();
  const scope = useScope();
  return view.cluster ?? preferred ?? scope.value?.clusters.at(0)?.name;
}

/** Services of a cluster that have keys. */
export function usePrefixes(
  cluster: string | undefined,
): AsyncValue<ConfigPrefixes | undefined> {
  const api = useApi(configApiRef);
  const ask = useCallback(
    async () => (cluster === undefined ? undefined : api.prefixes(cluster)),
    [api, cluster],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
