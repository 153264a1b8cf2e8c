import {
  formatViewState,
  parseViewState,
  type ViewState,
} from '@orrery/backstage-plugin-orrery-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Cluster, namespaces, selection and range of the page, kept in its URL.
 * Selecting replaces the history entry, changing scope or time adds one.
 *
 * @public
 */
export function useViewState(): [
  ViewState,
  (change: Partial<ViewState>) => void,
] {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => parseViewState(params), [params]);
  const change = useCallback(
    (part: Partial<ViewState>) =>
      setParams(current => formatViewState(part, current), {
        replace: Object.keys(part).every(name => name === 'selected'),
      }),
    [setParams],
  );
  return [state, change];
}

/**
 * One parameter of the page's own, kept in its URL. The default is left out.
 *
 * @public
 */
export function useUrlParameter(
  name: string,
  fallback: string,
): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const value = params.get(name) ?? fallback;
  const change = useCallback(
    (next: string) =>
      setParams(
        current => {
          const changed = new URLSearchParams(current);
          if (next === fallback) {
            changed.delete(name);
          } else {
            changed.set(name, next);
          }
          return changed;
        },
        { replace: true },
      ),
    [setParams, name, fallback],
  );
  return [value, change];
}
