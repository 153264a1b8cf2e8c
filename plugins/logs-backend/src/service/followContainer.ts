import { setTimeout as sleep } from 'node:timers/promises';
import type { PodLogOptions } from '@orrery/backstage-plugin-orrery-node';

const FIRST_PAUSE_MILLISECONDS = 1000;
const LONGEST_PAUSE_MILLISECONDS = 15_000;
/** A container that does not come back is not waited for for ever. */
const MOST_FAILURES = 20;

/**
 * Follows a container over its restarts: when its log ends it is opened
 * again from where it was, until its pod is gone.
 *
 * @param open - opens the log; its own options come first
 * @param onLine - a line behind its instant
 */
export async function followContainer(options: {
  open: (more: PodLogOptions & { follow: boolean }) => AsyncIterable<string>;
  /** The log before a restart ends, and nothing follows it. */
  isPrevious: boolean;
  signal: AbortSignal;
  onLine: (text: string) => void;
  onState: (
    state: 'following' | 'reconnecting' | 'ended' | 'refused',
    reason?: string,
  ) => void;
  firstPauseMilliseconds?: number;
}): Promise<void> {
  const { open, isPrevious, signal, onLine, onState } = options;
  const { firstPauseMilliseconds = FIRST_PAUSE_MILLISECONDS } = options;
  let last = '';
  let failures = 0;
  while (!signal.aborted) {
    let reason = 'the container ended';
    try {
      onState('following');
      const again: PodLogOptions =
        last === ''
          ? {}
          : {
              tailLines: undefined,
              // Whole seconds: what was told before is skipped below.
              sinceSeconds:
                Math.ceil((Date.now() - Date.parse(last)) / 1000) + 1,
            };
      const after = last;
      for await (const text of open({
        ...again,
        follow: !isPrevious,
        signal,
      })) {
        const at = text.slice(0, text.indexOf(' '));
        if (at > after) {
          failures = 0;
          last = at;
          onLine(text);
        }
      }
      if (isPrevious) {
        onState('ended');
        return;
      }
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      const status: unknown =
        error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
      if (status === 404 || status === 403) {
        onState(status === 404 ? 'ended' : 'refused', reason);
        return;
      }
      if (isPrevious) {
        onState('refused', reason);
        return;
      }
    }
    if (signal.aborted) {
      return;
    }
    failures += 1;
    if (failures > MOST_FAILURES) {
      onState('ended', reason);
      return;
    }
    onState('reconnecting', reason);
    await sleep(
      Math.min(
        LONGEST_PAUSE_MILLISECONDS,
        firstPauseMilliseconds * 2 ** (failures - 1),
      ),
      undefined,
      { signal },
    ).catch(() => undefined);
  }
}
