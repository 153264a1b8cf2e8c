import { useApi } from '@backstage/frontend-plugin-api';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { telemetryApiRef } from '../api';

/**
 * Continuations of what was written: names of tags, and after `=` their
 * values as far as the store completes them.
 */
export function useTagSuggestions(
  cluster: string,
  text: string,
  keys: readonly string[],
): string[] {
  const api = useApi(telemetryApiRef);
  const match = /^(.*\band\s+)?([^\s=]*)(=.*)?$/i.exec(text);
  const before = match?.[1] ?? '';
  const key = match?.[2] ?? '';
  const hasValue = match?.[3] !== undefined && keys.includes(key);
  const ask = useCallback(
    async () =>
      hasValue ? (await api.traceTagValues(cluster, key)).values : [],
    [api, cluster, key, hasValue],
  );
  const { value = [] } = useAsyncValue(ask);
  return hasValue
    ? value.map(known => `${before}${key}=${known}`)
    : [...keys, 'error'].map(known =>
        known === 'error' ? `${before}error` : `${before}${known}=`,
      );
}
