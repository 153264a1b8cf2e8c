import type { LogDelta, LogLine } from '@orrery/backstage-plugin-logs-common';
import type { EventStream } from '@orrery/backstage-plugin-orrery-node';

/** Lines that wait for a reader at most; older ones are counted. */
const MOST_WAITING = 5000;
/** Often enough that reading a batch is no long task of a browser. */
const BATCH_MILLISECONDS = 100;

type States = NonNullable<LogDelta['states']>;

/**
 * Sends lines to a reader in batches. One who does not keep up gets the
 * newest lines and the number of those left out.
 */
export function sendLines(
  stream: EventStream,
  options: {
    /** Lines of several writers are put in order within a batch. */
    isMerged?: boolean;
  } = {},
): {
  add: (lines: readonly LogLine[], skipped?: number) => void;
  addStates: (states: States) => void;
  problem: (message: string) => void;
  stop: () => void;
} {
  let waiting: LogLine[] = [];
  let skipped = 0;
  let states: States = [];
  let isFull = false;
  stream.onDrain(() => {
    isFull = false;
  });
  const tell = () => {
    if (isFull || (waiting.length === 0 && skipped === 0 && !states.length)) {
      return;
    }
    if (options.isMerged) {
      waiting.sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
    }
    const delta: LogDelta = {
      lines: waiting,
      skipped,
      ...(states.length > 0 && { states }),
    };
    isFull = !stream.send({
      event: 'delta',
      id: waiting.at(-1)?.at,
      data: JSON.stringify(delta),
    });
    waiting = [];
    skipped = 0;
    states = [];
  };
  const timer = setInterval(tell, BATCH_MILLISECONDS);
  // The first thing told is that there is something to listen to.
  stream.send({
    event: 'delta',
    data: JSON.stringify({ lines: [], skipped: 0 } satisfies LogDelta),
  });
  return {
    add: (lines, more = 0) => {
      waiting = waiting.concat(lines);
      skipped += more;
      const over = waiting.length - MOST_WAITING;
      if (over > 0) {
        waiting = waiting.slice(over);
        skipped += over;
      }
    },
    addStates: told => {
      states = states.concat(told).slice(-200);
    },
    problem: message => {
      stream.send({ event: 'problem', data: JSON.stringify({ message }) });
    },
    stop: () => {
      clearInterval(timer);
      isFull = false;
      tell();
    },
  };
}
