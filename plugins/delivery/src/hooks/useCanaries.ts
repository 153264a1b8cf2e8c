import { useApi } from '@backstage/frontend-plugin-api';
import type { CanaryList } from '@orrery/backstage-plugin-delivery-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { deliveryApiRef, type CanaryRequest } from '../api';

const REFRESH_MILLISECONDS = 5_000;

/** Canaries of all engines, asked for again every few seconds. */
export function useCanaries(
  request: CanaryRequest = {},
): AsyncValue<CanaryList> {
  const api = useApi(deliveryApiRef);
  const { cluster, app } = request;
  const namespaces = request.namespaces?.join(',') ?? '';
  const ask = useCallback(
    () =>
      api.canaries({
        cluster,
        app,
        namespaces: namespaces === '' ? [] : namespaces.split(','),
      }),
    [api, cluster, app, namespaces],
  );
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
