import {
  formatDuration,
  isLiveRange,
  resolveTimeRange,
} from '@orrery/backstage-plugin-orrery-common';
import {
  useUrlParameter,
  useViewState,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useMemo } from 'react';

/** The moment in view and the one that it is compared with, kept in the URL. */
export type Moments = {
  /** Undefined means now. */
  momentMilliseconds: number | undefined;
  compareMilliseconds: number | undefined;
  /** Why the URL's `compare` is none. */
  compareProblem: string | undefined;
  setMoment: (milliseconds: number | undefined) => void;
  setCompare: (milliseconds: number | undefined) => void;
};

function resolved(range: { from: string; to: string }) {
  try {
    return resolveTimeRange(range, Date.now());
  } catch {
    // The page tells what is wrong with its range; here it is as good as none.
    return undefined;
  }
}

/** The window keeps its length when the moment moves. */
export function useMoments(): Moments {
  const [{ range }, changeState] = useViewState();
  const [compare, setCompareText] = useUrlParameter('compare', '');
  const momentMilliseconds = useMemo(
    () => (isLiveRange(range) ? undefined : resolved(range)?.toMilliseconds),
    [range],
  );
  const compareMilliseconds = compare === '' ? undefined : Date.parse(compare);
  const isBad = Number.isNaN(compareMilliseconds);

  const setMoment = useCallback(
    (milliseconds: number | undefined) => {
      const now = resolved(range);
      const length = now ? now.toMilliseconds - now.fromMilliseconds : 60_000;
      const seconds = Math.max(1, Math.round(length / 1000));
      changeState({
        range:
          milliseconds === undefined
            ? { from: `now-${formatDuration(seconds)}`, to: 'now' }
            : {
                from: new Date(milliseconds - seconds * 1000).toISOString(),
                to: new Date(milliseconds).toISOString(),
              },
      });
    },
    [range, changeState],
  );
  const setCompare = useCallback(
    (milliseconds: number | undefined) =>
      setCompareText(
        milliseconds === undefined ? '' : new Date(milliseconds).toISOString(),
      ),
    [setCompareText],
  );
  return {
    momentMilliseconds,
    compareMilliseconds: isBad ? undefined : compareMilliseconds,
    compareProblem: isBad ? compare : undefined,
    setMoment,
    setCompare,
  };
}
