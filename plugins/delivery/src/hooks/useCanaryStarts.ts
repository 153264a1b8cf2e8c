import { useApi } from '@backstage/frontend-plugin-api';
import type { CanaryStart } from '@orrery/backstage-plugin-delivery-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { deliveryApiRef } from '../api';

/** Labels, Services and routes change; a refusal must not stand until the page is left. */
const REFRESH_MILLISECONDS = 20_000;

/** Whether a canary of our own could be started beside each of these Deployments. */
export function useCanaryStarts(
  workloads: readonly string[],
): AsyncValue<readonly CanaryStart[]> {
  const api = useApi(deliveryApiRef);
  const text = JSON.stringify(workloads);
  const ask = useCallback(async () => {
    const asked: string[] = JSON.parse(text);
    return asked.length === 0 ? [] : (await api.canaryStarts(asked)).items;
  }, [api, text]);
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
