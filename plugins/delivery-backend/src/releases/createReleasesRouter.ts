import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  InvalidValueError,
  parseInstant,
} from '@orrery/backstage-plugin-orrery-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { readNamespaces, readText, readWhole } from '../routes/readQuery';
import type { ReleasesService } from './ReleasesService';

/** `GET /releases`, `GET /releases/:id` and `GET /numbers`. */
export function createReleasesRouter(options: {
  service: ReleasesService;
  httpAuth: HttpAuthService;
}): Router {
  const { service, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/releases', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { query } = request;
    const before = readText(query, 'before');
    response.json(
      await service.list(
        {
          cluster: readText(query, 'cluster'),
          namespaces: readNamespaces(query),
          workload: readText(query, 'workload'),
          app: readText(query, 'app'),
          canary: readText(query, 'canary'),
          before:
            before === undefined
              ? undefined
              : new Date(parseInstant(before, 'before')).toISOString(),
          limit: readWhole(query, 'limit', {
            minimum: 1,
            maximum: 200,
            fallback: 50,
          }),
        },
        credentials,
      ),
    );
  });

  router.get('/releases/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await service.details(request.params.id, credentials));
  });

  router.get('/numbers', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { query } = request;
    const by = readText(query, 'by') ?? 'service';
    if (by !== 'service' && by !== 'team') {
      throw new InvalidValueError('by', 'service or team', by);
    }
    response.json(
      await service.numbers(
        {
          by,
          days: readWhole(query, 'days', {
            minimum: 1,
            maximum: 366,
            fallback: 90,
          }),
          cluster: readText(query, 'cluster'),
          namespaces: readNamespaces(query),
        },
        credentials,
      ),
    );
  });

  return router;
}
