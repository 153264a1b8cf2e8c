import { useApi } from '@backstage/frontend-plugin-api';
import type { CanaryAnswer } from '@orrery/backstage-plugin-delivery-common';
import { useEffect, useState } from 'react';
import { deliveryApiRef } from '../api';

/** A canary as it is now, and how current that is. */
export type FollowedCanary = {
  value: CanaryAnswer | undefined;
  connection: 'live' | 'connecting' | 'broken';
  error: Error | undefined;
  /** When the last word came, milliseconds since the epoch. */
  at: number | undefined;
  retry: () => void;
};

type State = Omit<FollowedCanary, 'retry'> & { ref: string };

/** Follows one canary for as long as it is shown. */
export function useCanary(ref: string): FollowedCanary {
  const api = useApi(deliveryApiRef);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<State>();

  useEffect(() => {
    const abort = new AbortController();
    const change = (part: Partial<State>) =>
      setState(before => ({
        ref,
        value: before?.ref === ref ? before.value : undefined,
        at: before?.ref === ref ? before.at : undefined,
        connection: 'connecting',
        error: undefined,
        ...part,
      }));
    change({});
    api
      .followCanary(
        ref,
        {
          onCanary: value =>
            change({ value, connection: 'live', at: Date.now() }),
          onProblem: error => change({ connection: 'broken', error }),
        },
        abort.signal,
      )
      .catch((error: Error) => change({ connection: 'broken', error }));
    return () => abort.abort();
  }, [api, ref, attempt]);

  const current: Omit<FollowedCanary, 'retry'> =
    state?.ref === ref
      ? state
      : {
          value: undefined,
          connection: 'connecting',
          error: undefined,
          at: undefined,
        };
  return { ...current, retry: () => setAttempt(count => count + 1) };
}
