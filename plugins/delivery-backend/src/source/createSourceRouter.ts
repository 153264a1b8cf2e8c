import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { servicePlaceSchema } from '@orrery/backstage-plugin-delivery-common';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { SourceService } from './SourceService';

const revision = z
  .string()
  .regex(/^(?!-)[A-Za-z0-9._/-]{1,200}$/, 'a tag, a branch or a commit');

const changesSchema = servicePlaceSchema.extend({
  from: revision,
  to: revision,
});

/** `GET /source`, `GET /source/changes` and `GET /source-groups`. */
export function createSourceRouter(options: {
  httpAuth: HttpAuthService;
  service: SourceService;
}): Router {
  const { httpAuth, service } = options;
  const router = PromiseRouter();

  router.get('/source', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const place = parseWith(servicePlaceSchema, request.query, 'query');
    response.json(await service.overview(place, credentials));
  });

  router.get('/source/changes', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { from, to, ...place } = parseWith(
      changesSchema,
      request.query,
      'query',
    );
    response.json(await service.changes(place, { from, to }, credentials));
  });

  router.get('/source-groups', async (request, response) => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    response.json(await service.groups());
  });

  return router;
}
