import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ImageList,
  WorkloadDetails,
  WorkloadList,
} from '@orrery/backstage-plugin-delivery-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { workloadsApiRef } from '../api';

const REFRESH_MILLISECONDS = 5_000;
/** Tags change seldom, and every look costs the registry several requests. */
const IMAGES_REFRESH_MILLISECONDS = 60_000;

/** Workloads of an app, asked for again every few seconds. */
export function useWorkloads(
  cluster: string | undefined,
  app: string,
): AsyncValue<WorkloadList> {
  const api = useApi(workloadsApiRef);
  const ask = useCallback(
    () => api.workloads({ cluster, app }),
    [api, cluster, app],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}

/** All of one workload, asked for again every few seconds. */
export function useWorkload(ref: string): AsyncValue<WorkloadDetails> {
  const api = useApi(workloadsApiRef);
  const ask = useCallback(() => api.workload(ref), [api, ref]);
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}

/** What the registry has for a container of a workload. */
export function useImages(
  workload: string,
  container: string | undefined,
): AsyncValue<ImageList> {
  const api = useApi(workloadsApiRef);
  const ask = useCallback(
    () => api.images(workload, container),
    [api, workload, container],
  );
  return useAsyncValue(ask, IMAGES_REFRESH_MILLISECONDS);
}
