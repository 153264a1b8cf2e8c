import { setTimeout } from 'node:timers/promises';
import type { BuildLogPiece } from '@orrery/backstage-plugin-delivery-common';
import type { EventStream } from '@orrery/backstage-plugin-orrery-node';
import type { ConsolePiece } from '../jenkins/JenkinsClient';

const POLL_MILLISECONDS = 1000;
const MOST_FAILURES = 5;

/**
 * Sends a build's console as it grows. Each event's id is the offset to go on
 * from, so that a reader who was cut off misses nothing and sees nothing
 * twice.
 */
export async function streamConsole(options: {
  stream: EventStream;
  read: (offset: number, signal: AbortSignal) => Promise<ConsolePiece>;
  start: number;
  pollMilliseconds?: number;
}): Promise<void> {
  const { stream, read, pollMilliseconds = POLL_MILLISECONDS } = options;
  const { signal } = stream;
  let offset = options.start;
  let failures = 0;
  const pause = () =>
    setTimeout(pollMilliseconds, undefined, { signal }).catch(() => undefined);
  while (!signal.aborted) {
    try {
      const piece = await read(offset, signal);
      failures = 0;
      offset = piece.next;
      if (piece.text !== '' || !piece.isMore) {
        const data: BuildLogPiece = { text: piece.text, isEnd: !piece.isMore };
        stream.send({
          event: 'delta',
          id: String(offset),
          data: JSON.stringify(data),
        });
      }
      if (!piece.isMore) {
        break;
      }
    } catch (error) {
      failures += 1;
      if (signal.aborted || failures >= MOST_FAILURES) {
        const message = error instanceof Error ? error.message : String(error);
        stream.send({ event: 'problem', data: JSON.stringify({ message }) });
        break;
      }
    }
    await pause();
  }
  stream.close();
}
