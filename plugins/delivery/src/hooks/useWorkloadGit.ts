import { useApi } from '@backstage/frontend-plugin-api';
import type { WorkloadGit } from '@orrery/backstage-plugin-delivery-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { workloadsApiRef } from '../api';

/**
 * Where the manifest of a workload is in Git, and what was proposed to it.
 *
 * @param refreshMilliseconds - absent means asked once
 */
export function useWorkloadGit(
  workload: string,
  refreshMilliseconds?: number,
): AsyncValue<WorkloadGit> {
  const api = useApi(workloadsApiRef);
  const ask = useCallback(() => api.git(workload), [api, workload]);
  return useAsyncValue(ask, refreshMilliseconds);
}
