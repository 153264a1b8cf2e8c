import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What traces are searched by, beside service and range; all in the URL. */
export const SEARCH_FIELDS = [
  'version',
  'spanName',
  'remoteService',
  'tags',
  'minDurationMilliseconds',
  'maxDurationMilliseconds',
  'errorsOnly',
] as const;

/** @public */
export type SearchField = (typeof SEARCH_FIELDS)[number];

/** @public */
export type TraceSearch = Partial<Record<SearchField, string>>;

/** The search of the page, kept in its URL. */
export function useTraceSearch(): [TraceSearch, (search: TraceSearch) => void] {
  const [params, setParams] = useSearchParams();
  const search = useMemo(() => {
    const found: TraceSearch = {};
    for (const field of SEARCH_FIELDS) {
      const value = params.get(field);
      if (value) {
        found[field] = value;
      }
    }
    return found;
  }, [params]);
  const change = useCallback(
    (next: TraceSearch) =>
      setParams(current => {
        const changed = new URLSearchParams(current);
        for (const field of SEARCH_FIELDS) {
          const value = next[field];
          if (value) {
            changed.set(field, value);
          } else {
            changed.delete(field);
          }
        }
        return changed;
      }),
    [setParams],
  );
  return [search, change];
}
