import { useApi } from '@backstage/frontend-plugin-api';
import type { TimeMarkQuery } from '@orrery/backstage-plugin-orrery-common';
import { useCallback } from 'react';
import { useAsyncValue, type AsyncValue } from '../hooks';
import { timeMarksApiRef, type TimeMarks } from './timeMarksApi';

/**
 * What happened in a range, from all domains.
 *
 * @public
 */
export function useTimeMarks(query: TimeMarkQuery): AsyncValue<TimeMarks> {
  const api = useApi(timeMarksApiRef);
  const key = JSON.stringify(query);
  const ask = useCallback(() => api.read(JSON.parse(key)), [api, key]);
  return useAsyncValue(ask);
}
