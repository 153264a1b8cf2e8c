import { useApi } from '@backstage/frontend-plugin-api';
import {
  MOST_LOG_LINES,
  type PodLogDelta,
  type PodLogLine,
} from '@orrery/backstage-plugin-delivery-common';
import { useEffect, useState } from 'react';
import { workloadsApiRef } from '../api';

const TAIL_LINES = 500;

/** The log of a container, and how current it is. */
export type FollowedPodLog = {
  lines: readonly PodLogLine[];
  /** How many were not told because they came too fast. */
  skipped: number;
  state: 'connecting' | 'live' | 'broken' | 'ended';
  end: PodLogDelta['end'];
  error: Error | undefined;
  /** When something was last told, milliseconds since the epoch. */
  at: number | undefined;
  retry: () => void;
};

type State = Omit<FollowedPodLog, 'retry'>;

const NOTHING: State = {
  lines: [],
  skipped: 0,
  state: 'connecting',
  end: undefined,
  error: undefined,
  at: undefined,
};

/** Follows a log for as long as it is shown; a previous one is read once. */
export function usePodLog(
  pod: string,
  container: string | undefined,
  previous: boolean,
): FollowedPodLog {
  const api = useApi(workloadsApiRef);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState(NOTHING);

  useEffect(() => {
    const abort = new AbortController();
    const change = (make: (before: State) => Partial<State>) =>
      !abort.signal.aborted &&
      setState(before => ({ ...before, ...make(before) }));
    setState(NOTHING);
    const request = { container, tailLines: TAIL_LINES };
    const answer = previous
      ? api
          .podLog(pod, { ...request, previous })
          .then(({ lines }) =>
            change(() => ({ lines, state: 'ended', at: Date.now() })),
          )
      : api.followPodLog(
          pod,
          request,
          {
            onLines: told =>
              change(before => ({
                lines: [...before.lines, ...told.lines].slice(-MOST_LOG_LINES),
                skipped: before.skipped + told.skipped,
                state: told.end ? 'ended' : 'live',
                end: told.end,
                error: undefined,
                at: Date.now(),
              })),
            onProblem: error => change(() => ({ state: 'broken', error })),
          },
          abort.signal,
        );
    answer.catch((error: Error) => change(() => ({ state: 'broken', error })));
    return () => abort.abort();
  }, [api, pod, container, previous, attempt]);

  return { ...state, retry: () => setAttempt(count => count + 1) };
}
