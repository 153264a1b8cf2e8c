import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { podLogQuerySchema } from '@orrery/backstage-plugin-logs-common';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import { openEventStream } from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { askerOf } from '../service/askerOf';
import type { PodLogs } from '../service/PodLogs';
import { sendLines } from '../service/sendLines';
import type { ViewerLimit } from '../service/ViewerLimit';

const targetsSchema = podLogQuerySchema.pick({
  cluster: true,
  namespace: true,
  app: true,
});

/** `GET /targets`, `/pods` and `/pods/stream`: lines without a store. */
export function createPodRouter(options: {
  httpAuth: HttpAuthService;
  pods: PodLogs;
  limit: ViewerLimit;
}): Router {
  const { httpAuth, pods, limit } = options;
  const router = PromiseRouter();

  router.get('/targets', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(targetsSchema, request.query, 'query');
    response.json(await pods.targets(query, credentials));
  });

  router.get('/pods', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(podLogQuerySchema, request.query, 'query');
    response.json(await pods.read(query, credentials));
  });

  router.get('/pods/stream', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(podLogQuerySchema, request.query, 'query');
    // Lines come only once the stream is open, and it only opens if all is well.
    const open: { sender?: ReturnType<typeof sendLines> } = {};
    const begin = await pods.follow(query, credentials, {
      onLines: lines => open.sender?.add(lines),
      onStates: states => open.sender?.addStates(states),
    });
    const release = limit.take(askerOf(credentials));
    const stream = openEventStream(request, response);
    open.sender = sendLines(stream, { isMerged: true });
    const { stop } = open.sender;
    stream.signal.addEventListener('abort', () => {
      stop();
      release();
    });
    begin(stream.signal);
  });

  return router;
}
