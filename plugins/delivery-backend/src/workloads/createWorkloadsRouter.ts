import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { readNamespaces, readText } from '../routes/readQuery';
import type { WorkloadsService } from './types';

/** `GET /workloads` and `GET /workloads/:ref`. */
export function createWorkloadsRouter(options: {
  service: WorkloadsService;
  httpAuth: HttpAuthService;
}): Router {
  const { service, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/workloads', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(
      await service.list(
        {
          cluster: readText(request.query, 'cluster'),
          namespaces: readNamespaces(request.query),
          app: readText(request.query, 'app'),
        },
        credentials,
      ),
    );
  });

  router.get('/workloads/:ref', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await service.details(request.params.ref, credentials));
  });

  return router;
}
