import {
  resolveTimeRange,
  type ResolvedTimeRange,
  type TimeRange,
} from '@orrery/backstage-plugin-orrery-common';
import { useCarriedView } from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The range of the page. */
export type PageRange = {
  range: TimeRange;
  /** At the moment of the last change; undefined when the URL's range is none. */
  resolved: ResolvedTimeRange | undefined;
  problem: string | undefined;
  setRange: (range: TimeRange) => void;
};

/**
 * The range in the URL. Without one, it is as long as these pages need, which
 * is more than the mesh's own.
 *
 * @param fallback - such as `now-1h`
 */
export function useRange(fallback: string): PageRange {
  const [params, setParams] = useSearchParams();
  useCarriedView('range');
  const from = params.get('from') ?? fallback;
  const to = params.get('to') ?? 'now';
  const setRange = useCallback(
    (range: TimeRange) =>
      setParams(current => {
        const changed = new URLSearchParams(current);
        changed.set('from', range.from);
        changed.set('to', range.to);
        return changed;
      }),
    [setParams],
  );
  return useMemo(() => {
    const range = { from, to };
    try {
      const resolved = resolveTimeRange(range, Date.now());
      return { range, resolved, problem: undefined, setRange };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { range, resolved: undefined, problem, setRange };
    }
  }, [from, to, setRange]);
}
