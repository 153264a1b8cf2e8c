import { useApi } from '@backstage/frontend-plugin-api';
import type { ScopeResponse } from '@orrery/backstage-plugin-orrery-common';
import { useCallback } from 'react';
import { orreryApiRef } from '../api';
import { useAsyncValue, type AsyncValue } from './useAsyncValue';

const REFRESH_MILLISECONDS = 60_000;

/** Which clusters and namespaces there are to choose from. @public */
export function useScope(): AsyncValue<ScopeResponse> {
  const orreryApi = useApi(orreryApiRef);
  const ask = useCallback(() => orreryApi.scope(), [orreryApi]);
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
