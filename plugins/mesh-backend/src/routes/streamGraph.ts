import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { diffGraphs } from '@orrery/backstage-plugin-mesh-common';
import { openEventStream } from '@orrery/backstage-plugin-orrery-node';
import type { Request, Response } from 'express';
import type { GraphHub, GraphStep } from '../service/GraphHub';
import type { GraphQuery } from '../service/types';

/**
 * Streams a live graph: a snapshot, or the steps missed since
 * `Last-Event-ID`, then deltas. A client that cannot keep up is spared the
 * deltas and gets a snapshot when it can read again.
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
    isBlocked = !stream.send({
      event: 'snapshot',
      id,
      data: JSON.stringify(snapshot),
    });
  }
  function sendStep({ id, delta }: GraphStep) {
    if (isBlocked) {
      hasMissed = true;
      return;
    }
    isBlocked = !stream.send({
      event: 'delta',
      id,
      data: JSON.stringify(delta),
    });
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
