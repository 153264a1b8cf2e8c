import { useApi } from '@backstage/frontend-plugin-api';
import {
  applyGraphDelta,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { startTransition, useCallback, useEffect, useState } from 'react';
import { meshApiRef, type GraphRequest } from '../api';

/** A graph and how current it is. */
export type MeshGraphState = {
  graph: MeshGraph | undefined;
  /** How the page is connected: `past` does not follow. */
  connection: 'connecting' | 'live' | 'past' | 'broken';
  error: Error | undefined;
  retry: () => void;
};

type State = Omit<MeshGraphState, 'retry'>;

/**
 * The graph of a request: followed live, or read once for a past moment. The
 * last graph stays while a new one is on its way, so that nothing flickers.
 *
 * @param request - absent while no graph is shown: then none is followed
 */
export function useMeshGraph(
  request: GraphRequest | undefined,
): MeshGraphState {
  const meshApi = useApi(meshApiRef);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<State>({
    graph: undefined,
    connection: 'connecting',
    error: undefined,
  });
  const key = request && JSON.stringify(request);

  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    const wanted: GraphRequest = JSON.parse(key);
    const abort = new AbortController();
    const update = (change: (before: State) => State) => {
      if (!abort.signal.aborted) {
        setState(change);
      }
    };
    update(before => ({
      ...before,
      connection: 'connecting',
      error: undefined,
    }));
    const fail = (error: Error) =>
      update(before => ({ ...before, connection: 'broken', error }));

    if (wanted.at !== undefined) {
      meshApi
        .graph(wanted)
        .then(
          graph =>
            update(() => ({ graph, connection: 'past', error: undefined })),
          fail,
        );
    } else {
      meshApi
        .follow(
          wanted,
          {
            onSnapshot: graph =>
              update(() => ({ graph, connection: 'live', error: undefined })),
            onDelta: delta =>
              // What is new can be rendered in steps: what the reader does
              // meanwhile comes first.
              startTransition(() =>
                update(before => ({
                  graph: before.graph && applyGraphDelta(before.graph, delta),
                  connection: 'live',
                  error: undefined,
                })),
              ),
            onProblem: fail,
          },
          abort.signal,
        )
        .catch(fail);
    }
    return () => abort.abort();
  }, [meshApi, key, attempt]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return { ...state, retry };
}
