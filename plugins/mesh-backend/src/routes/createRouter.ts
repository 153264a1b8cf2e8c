import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  InvalidValueError,
  parseDuration,
} from '@orrery/backstage-plugin-orrery-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { GraphHub } from '../service/GraphHub';
import type { MeshService } from '../service/types';
import { readGraphQuery, readText } from './graphQuery';
import { sendGraph } from './sendGraph';
import { streamGraph } from './streamGraph';

/** Routes of `/api/mesh`. */
export function createRouter(options: {
  service: MeshService;
  hub: GraphHub;
  httpAuth: HttpAuthService;
}): Router {
  const { service, hub, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/graph', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = readGraphQuery(request.query);
    await sendGraph(await service.graph(query, credentials), request, response);
  });

  router.get('/graph/stream', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = readGraphQuery(request.query);
    if (query.atMilliseconds !== undefined) {
      throw new InvalidValueError(
        'at',
        'no moment: a stream is live',
        readText(request.query, 'at'),
      );
    }
    await streamGraph({ hub, query, credentials, request, response });
  });

  router.get('/nodes/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = readGraphQuery(request.query);
    response.json(await service.node(request.params.id, query, credentials));
  });

  router.get('/history', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const target = readText(request.query, 'target');
    if (target === undefined) {
      throw new InvalidValueError('target', 'the id of a node');
    }
    response.json(
      await service.history(
        {
          ...readGraphQuery(request.query),
          target,
          source: readText(request.query, 'source'),
          rangeSeconds: parseDuration(
            readText(request.query, 'range') ?? '30m',
            'range',
          ),
        },
        credentials,
      ),
    );
  });

  router.get('/timeline', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(
      await service.timeline(
        {
          ...readGraphQuery(request.query),
          rangeSeconds: parseDuration(
            readText(request.query, 'range') ?? '1h',
            'range',
          ),
        },
        credentials,
      ),
    );
  });

  router.get('/control-planes', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = readGraphQuery(request.query);
    response.json(await service.controlPlanes(query, credentials));
  });

  router.get('/summaries', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = readGraphQuery(request.query);
    response.json(await service.summaries(query, credentials));
  });

  return router;
}
