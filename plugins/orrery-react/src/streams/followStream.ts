import type { FetchApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  createStreamDecoder,
  type StreamEvent,
} from '@orrery/backstage-plugin-orrery-common';
import { readResponseError } from '../api';

const FIRST_DELAY_MILLISECONDS = 1000;
const LONGEST_DELAY_MILLISECONDS = 30_000;
/** Twice the server's heartbeat and some: silence this long means a dead line. */
const SILENCE_MILLISECONDS = 40_000;
/** After this the page is left to others for a moment; half a frame. */
const LONGEST_TURN_MILLISECONDS = 8;

/** @public */
export type FollowStreamOptions = {
  fetchApi: FetchApi;
  url: string;
  signal: AbortSignal;
  onEvent(event: StreamEvent): void;
  /** The line broke or was refused; it is tried again unless `final`. */
  onError(error: Error, final: boolean): void;
};

/**
 * Follows a stream of events until aborted: reconnects with growing, spread
 * delays, resumes by the last event's id, and treats long silence as a break.
 * A refusal (4xx) is final, because asking again would not change it.
 *
 * @public
 */
export async function followStream(
  options: FollowStreamOptions,
): Promise<void> {
  const { signal, onEvent, onError } = options;
  let lastEventId: string | undefined;
  let failures = 0;
  const pass = (event: StreamEvent) => {
    failures = 0;
    lastEventId = event.id ?? lastEventId;
    onEvent(event);
  };
  while (!signal.aborted) {
    try {
      await followOnce(options, lastEventId, pass);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      const final =
        error instanceof ResponseError &&
        error.response.status >= 400 &&
        error.response.status < 500;
      onError(error instanceof Error ? error : new Error(String(error)), final);
      if (final) {
        return;
      }
    }
    failures += 1;
    await pause(
      Math.min(
        LONGEST_DELAY_MILLISECONDS,
        FIRST_DELAY_MILLISECONDS * 2 ** (failures - 1),
      ) *
        (0.5 + Math.random() / 2),
      signal,
    );
  }
}

async function followOnce(
  { fetchApi, url, signal }: FollowStreamOptions,
  lastEventId: string | undefined,
  onEvent: (event: StreamEvent) => void,
): Promise<void> {
  const silence = new AbortController();
  const abort = () => silence.abort();
  signal.addEventListener('abort', abort);
  let timer = setTimeout(abort, SILENCE_MILLISECONDS);
  try {
    const response = await fetchApi.fetch(url, {
      headers: {
        Accept: 'text/event-stream',
        ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
      },
      signal: silence.signal,
    });
    if (!response.ok) {
      throw await readResponseError(response);
    }
    if (!response.body) {
      throw new Error('The stream has no body');
    }
    const decode = createStreamDecoder();
    const text = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(abort, SILENCE_MILLISECONDS);
      let since = performance.now();
      for (const event of decode(text.decode(value, { stream: true }))) {
        onEvent(event);
        // Events that piled up must not hold the page in one long task.
        if (performance.now() - since > LONGEST_TURN_MILLISECONDS) {
          await new Promise(resolve => {
            setTimeout(resolve);
          });
          if (signal.aborted) {
            return;
          }
          since = performance.now();
        }
      }
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish);
    function finish() {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
  });
}
