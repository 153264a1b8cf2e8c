import {
  MOST_LOG_LINES,
  readLogLine,
  type PodLogDelta,
  type PodLogLine,
} from '@orrery/backstage-plugin-delivery-common';
import type { EventStream } from '@orrery/backstage-plugin-orrery-node';

/** Lines that come within this time are told as one event. */
const BATCH_MILLISECONDS = 250;
/** A silent log is not followed for ever; opening it again is one press. */
const LONGEST_SILENCE_MILLISECONDS = 15 * 60_000;

/**
 * Tells a client of the lines of a log until the container ends, nothing has
 * been written for fifteen minutes, or the client is gone. A client that does
 * not keep up gets the newest lines and the number of those left out.
 *
 * @param follow - opens the log; it ends when the signal aborts
 * @param after - instant of the last line that the client has
 */
export async function streamPodLog(options: {
  stream: EventStream;
  follow: (signal: AbortSignal) => AsyncIterable<string>;
  after?: string;
  silenceMilliseconds?: number;
}): Promise<void> {
  const { stream, follow, after = '' } = options;
  const { silenceMilliseconds = LONGEST_SILENCE_MILLISECONDS } = options;
  const silence = new AbortController();
  const hush = () => silence.abort();
  let silent = setTimeout(hush, silenceMilliseconds);
  let waiting: PodLogLine[] = [];
  let skipped = 0;
  let isFull = false;
  stream.onDrain(() => {
    isFull = false;
  });
  const tell = (end?: PodLogDelta['end']) => {
    const delta: PodLogDelta = { lines: waiting, skipped, ...(end && { end }) };
    isFull = !stream.send({
      event: 'delta',
      id: waiting.at(-1)?.at,
      data: JSON.stringify(delta),
    });
    waiting = [];
    skipped = 0;
  };
  const timer = setInterval(() => {
    if (!isFull && waiting.length > 0) {
      tell();
    }
  }, BATCH_MILLISECONDS);
  try {
    const signal = AbortSignal.any([stream.signal, silence.signal]);
    for await (const text of follow(signal)) {
      clearTimeout(silent);
      silent = setTimeout(hush, silenceMilliseconds);
      const line = readLogLine(text);
      if (line && line.at > after) {
        waiting.push(line);
      }
      if (waiting.length > MOST_LOG_LINES) {
        waiting.shift();
        skipped += 1;
      }
    }
    tell(silence.signal.aborted ? 'silence' : 'container');
  } catch (error) {
    if (silence.signal.aborted) {
      tell('silence');
    } else {
      tell();
      const message = error instanceof Error ? error.message : String(error);
      stream.send({ event: 'problem', data: JSON.stringify({ message }) });
    }
  } finally {
    clearTimeout(silent);
    clearInterval(timer);
    stream.close();
  }
}
