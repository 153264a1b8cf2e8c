import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { parseLogView, writeLogView, type LogView } from '../model/logView';

/** Changes of these are not steps that one would go back. */
const QUIET = new Set<keyof LogView>(['line', 'columns', 'isWrapped', 'isUtc']);

/** What the page shows and how, kept in its URL. */
export function useLogView(): [LogView, (change: Partial<LogView>) => void] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseLogView(params), [params]);
  const change = useCallback(
    (part: Partial<LogView>) =>
      setParams(current => writeLogView(part, current), {
        replace: Object.keys(part).every(key =>
          QUIET.has(key as keyof LogView),
        ),
      }),
    [setParams],
  );
  return [view, change];
}
