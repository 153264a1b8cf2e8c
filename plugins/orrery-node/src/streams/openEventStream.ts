import type { Request, Response } from 'express';
import {
  encodeStreamEvent,
  type StreamEvent,
} from '@orrery/backstage-plugin-orrery-common';

const HEARTBEAT_MILLISECONDS = 15_000;

/**
 * A stream of events to one client.
 *
 * @public
 */
export interface EventStream {
  /**
   * Writes an event. False means that the client is not keeping up: skip
   * events until `onDrain` calls back, then send a snapshot.
   */
  send(event: StreamEvent): boolean;
  onDrain(listener: () => void): void;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  close(): void;
}

/**
 * Answers a request with Server-Sent Events. `no-transform` keeps the root
 * router's compression from holding events back.
 *
 * @public
 */
export function openEventStream(
  request: Request,
  response: Response,
): EventStream {
  const abort = new AbortController();
  response.status(200);
  response.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const send = (event: StreamEvent) =>
    !abort.signal.aborted && response.write(encodeStreamEvent(event));
  const heartbeat = setInterval(
    () => send({ event: 'heartbeat', data: '{}' }),
    HEARTBEAT_MILLISECONDS,
  );
  const finish = () => {
    clearInterval(heartbeat);
    abort.abort();
  };
  request.on('close', finish);
  response.on('close', finish);
  if (response.closed || request.destroyed) {
    // The client left before we answered: its close event is over.
    finish();
  }
  return {
    send,
    onDrain: listener => {
      response.on('drain', listener);
    },
    signal: abort.signal,
    close: () => {
      finish();
      response.end();
    },
  };
}
