import { useApi } from '@backstage/frontend-plugin-api';
import type {
  PermittedAnswer,
  PermittedQuestion,
} from '@orrery/backstage-plugin-orrery-common';
import { useCallback } from 'react';
import { orreryApiRef } from '../api';
import { useAsyncValue, type AsyncValue } from './useAsyncValue';

/**
 * Whether the viewer may do each of these, in the order of the questions, so
 * that screens do not offer what would be refused. All are asked at once.
 *
 * @public
 */
export function usePermittedActions(
  pluginId: string,
  questions: readonly PermittedQuestion[],
): AsyncValue<PermittedAnswer[]> {
  const orreryApi = useApi(orreryApiRef);
  const text = JSON.stringify(questions);
  const ask = useCallback(async () => {
    const asked: PermittedQuestion[] = JSON.parse(text);
    return asked.length === 0 ? [] : orreryApi.permitted(pluginId, asked);
  }, [orreryApi, pluginId, text]);
  return useAsyncValue(ask);
}
