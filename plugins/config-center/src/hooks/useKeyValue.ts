import { useApi } from '@backstage/frontend-plugin-api';
import type { ConfigValue } from '@orrery/backstage-plugin-config-center-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { configApiRef } from '../api';

/**
 * The value of a key, asked for again when its index changes.
 *
 * @param modifyIndex - undefined where there is no such key
 */
export function useKeyValue(
  service: string,
  key: string,
  modifyIndex: number | undefined,
): AsyncValue<ConfigValue | undefined> {
  const api = useApi(configApiRef);
  const ask = useCallback(
    async () =>
      modifyIndex === undefined ? undefined : api.value(service, key),
    [api, service, key, modifyIndex],
  );
  return useAsyncValue(ask);
}
