import { useApi } from '@backstage/frontend-plugin-api';
import type { LogSearchResponse } from '@orrery/backstage-plugin-logs-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { logsApiRef, type LogRequest } from '../api';
import { LineStore } from '../model/LineStore';

const PAGE = 500;

/** Lines that were found, page by page. */
export type FoundLines = {
  store: LineStore;
  /** The newest answer. */
  answer: LogSearchResponse | undefined;
  isLoading: boolean;
  error: Error | undefined;
  hasMore: boolean;
  /** Fetches the next, older lines. */
  more: () => void;
  retry: () => void;
};

/** Asks for lines, and again when the question changes. */
export function useLogSearch(
  request: LogRequest | undefined,
  attempt: number,
): FoundLines {
  const api = useApi(logsApiRef);
  const store = useMemo(() => new LineStore(), []);
  const [state, setState] = useState<{
    answer?: LogSearchResponse;
    error?: Error;
    isLoading: boolean;
  }>({ isLoading: true });
  const [retries, setRetries] = useState(0);
  const key = request && JSON.stringify(request);
  const isFetching = useRef(false);
  const current = useRef(0);

  const fetchPage = useCallback(
    (cursor: string | undefined) => {
      if (key === undefined) {
        return;
      }
      const turn = cursor === undefined ? ++current.current : current.current;
      isFetching.current = true;
      setState(before => ({ ...before, isLoading: true, error: undefined }));
      const asked: LogRequest = JSON.parse(key);
      api.search(asked, { limit: PAGE, cursor }).then(
        answer => {
          if (turn === current.current) {
            isFetching.current = false;
            if (cursor === undefined) {
              store.clear();
            }
            store.append(answer.lines);
            setState({ answer, isLoading: false });
          }
        },
        (error: Error) => {
          if (turn === current.current) {
            isFetching.current = false;
            if (cursor === undefined) {
              store.clear();
            }
            setState(before => ({
              answer: cursor === undefined ? undefined : before.answer,
              error,
              isLoading: false,
            }));
          }
        },
      );
    },
    [api, key, store],
  );

  useEffect(() => {
    fetchPage(undefined);
    return () => {
      // An answer to an older question is dropped.
      current.current += 1;
    };
  }, [fetchPage, attempt, retries]);

  const cursor = state.answer?.cursor;
  const more = useCallback(() => {
    if (cursor !== undefined && !isFetching.current) {
      fetchPage(cursor);
    }
  }, [cursor, fetchPage]);
  const retry = useCallback(() => setRetries(count => count + 1), []);
  return {
    store,
    answer: state.answer,
    isLoading: state.isLoading,
    error: state.error,
    hasMore: cursor !== undefined,
    more,
    retry,
  };
}
