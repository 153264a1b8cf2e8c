import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  buildPlaceSchema,
  type BuildsChange,
} from '@orrery/backstage-plugin-delivery-common';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import { openEventStream } from '@orrery/backstage-plugin-orrery-node';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { BuildsService } from './BuildsService';
import type { BuildWatches } from './BuildWatches';
import { streamConsole } from './streamConsole';

const numberSchema = z.object({ number: z.coerce.number().int().min(1) });
const startSchema = z.object({
  start: z.coerce.number().int().min(0).default(0),
});

/** `GET /builds`, `/builds/stream`, `/builds/:number` and `/builds/:number/log/stream`. */
export function createBuildsRouter(options: {
  httpAuth: HttpAuthService;
  service: BuildsService;
  watches: BuildWatches;
}): Router {
  const { httpAuth, service, watches } = options;
  const router = PromiseRouter();

  const placeOf = (request: Request) =>
    parseWith(buildPlaceSchema, request.query, 'query');
  const numberOf = (request: Request) =>
    parseWith(numberSchema, request.params, 'path').number;

  router.get('/builds', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await service.list(placeOf(request), credentials));
  });

  router.get('/builds/stream', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const names = await service.namesOf(placeOf(request), credentials);
    const stream = openEventStream(request, response);
    const stop = watches.watch(names, what => {
      const data: BuildsChange = { what };
      stream.send({ event: 'delta', data: JSON.stringify(data) });
    });
    // Whoever left while the answer was begun is never told of again.
    if (stream.signal.aborted) {
      stop();
    } else {
      stream.signal.addEventListener('abort', stop);
    }
  });

  router.get('/builds/:number', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(
      await service.details(placeOf(request), numberOf(request), credentials),
    );
  });

  router.get('/builds/:number/log/stream', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const number = numberOf(request);
    const { start } = parseWith(startSchema, request.query, 'query');
    const { jenkins, job } = await service.open(placeOf(request), credentials);
    // What cannot be read is said before the stream is open.
    await jenkins.build(job, number);
    await streamConsole({
      stream: openEventStream(request, response),
      read: (offset, signal) => jenkins.console(job, number, offset, signal),
      start: Number(request.header('last-event-id')) || start,
    });
  });

  return router;
}
