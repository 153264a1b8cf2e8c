import { useApi } from '@backstage/frontend-plugin-api';
import type { BuildPlaceInput } from '@orrery/backstage-plugin-delivery-common';
import { useEffect, useState } from 'react';
import { buildsApiRef } from '../api';
import { addConsole, NO_CONSOLE, type Console } from '../model/console';

/** The console of a build, and how current it is. */
export type FollowedBuildLog = Console & {
  state: 'connecting' | 'live' | 'broken' | 'ended';
  error: Error | undefined;
  /** When something was last told, milliseconds since the epoch. */
  at: number | undefined;
  retry: () => void;
};

type State = Omit<FollowedBuildLog, 'retry'>;

const NOTHING: State = {
  ...NO_CONSOLE,
  state: 'connecting',
  error: undefined,
  at: undefined,
};

/** Follows a build's console for as long as it is shown. */
export function useBuildLog(
  { cluster, namespace, app, branch }: BuildPlaceInput,
  number: number,
): FollowedBuildLog {
  const api = useApi(buildsApiRef);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState(NOTHING);

  useEffect(() => {
    const abort = new AbortController();
    const change = (make: (before: State) => Partial<State>) =>
      !abort.signal.aborted &&
      setState(before => ({ ...before, ...make(before) }));
    setState(NOTHING);
    const broken = (error: Error) => change(() => ({ state: 'broken', error }));
    api
      .followLog(
        { cluster, namespace, app, branch },
        number,
        {
          onPiece: ({ text, isEnd }) =>
            change(before => ({
              ...addConsole(before, text),
              state: isEnd ? 'ended' : 'live',
              error: undefined,
              at: Date.now(),
            })),
          onProblem: broken,
        },
        abort.signal,
      )
      .catch(broken);
    return () => abort.abort();
  }, [api, cluster, namespace, app, branch, number, attempt]);

  return { ...state, retry: () => setAttempt(count => count + 1) };
}
