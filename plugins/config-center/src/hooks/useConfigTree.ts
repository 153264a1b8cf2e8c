import { useApi } from '@backstage/frontend-plugin-api';
import type { ConfigTree } from '@orrery/backstage-plugin-config-center-common';
import { useEffect, useState } from 'react';
import { configApiRef } from '../api';

/** All keys of a service, as they are now. */
export type LiveTree = {
  tree: ConfigTree | undefined;
  state: 'connecting' | 'live' | 'broken';
  error: Error | undefined;
  /** RFC 3339 of what was last told. */
  at: string | undefined;
};

const NOTHING: LiveTree = {
  tree: undefined,
  state: 'connecting',
  error: undefined,
  at: undefined,
};

/** Follows the keys of a service. */
export function useConfigTree(service: string): LiveTree {
  const api = useApi(configApiRef);
  const [state, setState] = useState<LiveTree>(NOTHING);
  useEffect(() => {
    setState(NOTHING);
    const abort = new AbortController();
    const onProblem = (error: Error) => {
      if (!abort.signal.aborted) {
        setState(before => ({ ...before, state: 'broken', error }));
      }
    };
    api
      .follow(
        service,
        {
          onTree: tree => {
            if (!abort.signal.aborted) {
              setState({
                tree,
                state: 'live',
                error: undefined,
                at: new Date().toISOString(),
              });
            }
          },
          onProblem,
        },
        abort.signal,
      )
      .catch(onProblem);
    return () => abort.abort();
  }, [api, service]);
  return state;
}
