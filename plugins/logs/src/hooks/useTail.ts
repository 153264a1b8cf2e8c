import type { LogDelta } from '@orrery/backstage-plugin-logs-common';
import { useEffect, useMemo, useState } from 'react';
import type { LogListener } from '../api';
import { LineStore } from '../model/LineStore';

/** Lines that are kept while following. */
export const MOST_TAIL_LINES = 50_000;

/** Events that wait for the next frame at most. */
const MOST_WAITING = 200;

/** Lines that are followed. */
export type Tail = {
  store: LineStore;
  state: 'connecting' | 'live' | 'broken';
  error: Error | undefined;
  /** Lines that the way here left out. */
  skipped: number;
  /** What became of each container, by `pod/container`. */
  containers: ReadonlyMap<string, NonNullable<LogDelta['states']>[number]>;
  /** When something was last told. */
  at: number | undefined;
};

/**
 * Follows lines into a store, at most once for each frame that is drawn.
 *
 * @param follow - keep its identity while it asks the same; undefined follows nothing
 */
export function useTail(
  follow:
    | ((listener: LogListener, signal: AbortSignal) => Promise<void>)
    | undefined,
): Tail {
  const store = useMemo(() => new LineStore(MOST_TAIL_LINES), []);
  const [state, setState] = useState<Omit<Tail, 'store'>>({
    state: 'connecting',
    error: undefined,
    skipped: 0,
    containers: new Map(),
    at: undefined,
  });
  useEffect(() => {
    store.clear();
    setState({
      state: 'connecting',
      error: undefined,
      skipped: 0,
      containers: new Map(),
      at: undefined,
    });
    if (!follow) {
      return undefined;
    }
    const abort = new AbortController();
    let waiting: LogDelta[] = [];
    let frame = 0;
    const flush = () => {
      frame = 0;
      const deltas = waiting;
      waiting = [];
      store.append(deltas.flatMap(({ lines }) => lines));
      setState(before => {
        const states = deltas.flatMap(delta => delta.states ?? []);
        return {
          state: 'live',
          error: undefined,
          skipped:
            before.skipped +
            deltas.reduce((sum, { skipped }) => sum + skipped, 0),
          containers:
            states.length === 0
              ? before.containers
              : new Map([
                  ...before.containers,
                  ...states.map(
                    told => [`${told.pod}/${told.container}`, told] as const,
                  ),
                ]),
          at: Date.now(),
        };
      });
    };
    const onProblem = (error: Error) => {
      if (!abort.signal.aborted) {
        setState(before => ({ ...before, state: 'broken', error }));
      }
    };
    follow(
      {
        onDelta: delta => {
          waiting.push(delta);
          // Nothing is drawn while the page is hidden; it must not grow.
          if (waiting.length > MOST_WAITING) {
            const [oldest, next, ...others] = waiting;
            waiting = [
              {
                lines: next.lines,
                skipped: oldest.skipped + next.skipped + oldest.lines.length,
                states: [...(oldest.states ?? []), ...(next.states ?? [])],
              },
              ...others,
            ];
          }
          frame ||= requestAnimationFrame(flush);
        },
        onProblem,
      },
      abort.signal,
    ).catch(onProblem);
    return () => {
      abort.abort();
      cancelAnimationFrame(frame);
    };
  }, [follow, store]);
  return { store, ...state };
}
