import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  diffGraphs,
  splitDelta,
  splitSnapshot,
} from '@orrery/backstage-plugin-mesh-common';
import { openEventStream } from '@orrery/backstage-plugin-orrery-node';
import type { Request, Response } from 'express';
import type { GraphHub, GraphStep } from '../service/GraphHub';
import type { GraphQuery } from '../service/types';

/** Texts of what many viewers are sent, for as long as it is remembered. */
const texts = new WeakMap<object, readonly string[]>();

function textsOf<T extends object>(
  whole: T,
  split: (whole: T) => readonly object[],
): readonly string[] {
  let known = texts.get(whole);
  if (!known) {
    known = split(whole).map(part => JSON.stringify(part));
    texts.set(whole, known);
  }
  return known;
}

/**
 * Streams a live graph: a snapshot, or the steps missed since
 * `Last-Event-ID`, then deltas, large ones in parts. A client that cannot
 * keep up is spared the deltas and gets a snapshot when it can read again.
 */
export async function streamGraph(options: {
  hub: GraphHub;
  query: GraphQuery;
  credentials: BackstageCredentials;
  request: Request;
  response: Response;
}): Promise<void> {
  const { hub, query, credentials, request, response } = options;
  let ready = false;
  // A snapshot alone fills the buffer, so being blocked is normal; only a
  // step that had to be left out makes another snapshot necessary.
  let isBlocked = false;
  let hasMissed = false;
  const waiting: GraphStep[] = [];

  const subscription = await hub.subscribe(
    query,
    credentials,
    request.get('last-event-id'),
    {
      onDelta: step => (ready ? sendStep(step) : waiting.push(step)),
      onProblem: message => ready && sendProblem(message),
      // The client comes back, and is told what it may see now.
      onEnd: () => response.end(),
    },
  );
  const stream = openEventStream(request, response);
  stream.signal.addEventListener('abort', subscription.unsubscribe);
  if (stream.signal.aborted) {
    subscription.unsubscribe();
    return;
  }

  function sendSnapshot() {
    const { snapshot, id } = subscription.current();
    hasMissed = false;
    sendParts(
      'snapshot',
      id,
      textsOf(snapshot, graph => splitSnapshot(graph)),
    );
  }
  function sendParts(
    event: 'snapshot' | 'delta',
    id: string,
    parts: readonly string[],
  ) {
    for (const [index, data] of parts.entries()) {
      // Only with the last part a viewer has arrived at this state.
      const isLast = index === parts.length - 1;
      isBlocked = !stream.send({ event, ...(isLast && { id }), data });
    }
  }
  function sendStep({ id, delta }: GraphStep) {
    if (isBlocked) {
      hasMissed = true;
      return;
    }
    sendParts(
      'delta',
      id,
      textsOf(delta, step => splitDelta(step)),
    );
  }
  function sendProblem(message: string) {
    stream.send({ event: 'problem', data: JSON.stringify({ message }) });
  }
  stream.onDrain(() => {
    isBlocked = false;
    if (hasMissed) {
      sendSnapshot();
    }
  });

  if ('missed' in subscription.start) {
    for (const step of subscription.start.missed) {
      sendStep(step);
    }
    if (subscription.start.missed.length === 0) {
      // Nothing has changed, but the viewer must learn that the line is whole.
      const { snapshot, id } = subscription.current();
      sendStep({ id, delta: diffGraphs(snapshot, snapshot) });
    }
  } else {
    sendSnapshot();
  }
  ready = true;
  for (const step of waiting) {
    sendStep(step);
  }
}
