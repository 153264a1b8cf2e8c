import { useApi } from '@backstage/frontend-plugin-api';
import type {
  PermittedAnswer,
  PermittedQuestion,
} from '@orrery/backstage-plugin-orrery-common';
import { useCallback } from 'react';
import { orreryApiRef } from '../api';
import { useAsyncValue, type AsyncValue } from './useAsyncValue';

/** Owners and policies change; a refusal must not stand until the page is left. */
const REFRESH_MILLISECONDS = 20_000;

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
  return useAsyncValue(ask, REFRESH_MILLISECONDS);
}
