import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { LevelsService } from './LevelsService';

/** `/services/:ref/levels`. */
export function createLevelsRouter(options: {
  service: LevelsService;
  httpAuth: HttpAuthService;
}): Router {
  const { service, httpAuth } = options;
  const router = PromiseRouter();
  router.get('/services/:ref/levels', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await service.levels(request.params.ref, credentials));
  });
  return router;
}
