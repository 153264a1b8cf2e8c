import { useCallback, useEffect, useState } from 'react';

/** The state of a question that is being asked. @public */
export type AsyncValue<T> = {
  /** The last answer, which stays while a newer one is fetched. */
  value: T | undefined;
  loading: boolean;
  error: Error | undefined;
  retry: () => void;
};

/**
 * Asks, and asks again when the question changes or time has passed. An
 * answer to an older question is dropped.
 *
 * @param ask - keep its identity with `useCallback`
 * @param refreshMilliseconds - absent means never again by itself
 * @public
 */
export function useAsyncValue<T>(
  ask: () => Promise<T>,
  refreshMilliseconds?: number,
): AsyncValue<T> {
  const [state, setState] = useState<{
    value?: T;
    error?: Error;
    ask?: () => Promise<T>;
    attempt?: number;
  }>({});
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = () =>
      ask()
        .then(
          value => isCurrent && setState({ value, ask, attempt }),
          (error: Error) =>
            isCurrent &&
            setState(before => ({
              ...(before.ask === ask && { value: before.value }),
              error,
              ask,
              attempt,
            })),
        )
        .finally(() => {
          if (isCurrent && refreshMilliseconds !== undefined) {
            timer = setTimeout(run, refreshMilliseconds);
          }
        });
    run();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [ask, attempt, refreshMilliseconds]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return {
    value: state.value,
    error: state.error,
    loading: state.ask !== ask || state.attempt !== attempt,
    retry,
  };
}
