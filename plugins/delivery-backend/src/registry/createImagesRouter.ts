import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { readText } from '../routes/readQuery';
import type { ImagesService } from './ImagesService';

/** `GET /images?workload=<ref>`. */
export function createImagesRouter(options: {
  service: ImagesService;
  httpAuth: HttpAuthService;
}): Router {
  const { service, httpAuth } = options;
  const router = PromiseRouter();
  router.get('/images', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const workload = readText(request.query, 'workload');
    if (workload === undefined) {
      throw new InvalidValueError('workload', 'the ref of a workload');
    }
    response.json(
      await service.list(
        { workload, container: readText(request.query, 'container') },
        credentials,
      ),
    );
  });
  return router;
}
