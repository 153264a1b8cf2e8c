import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import { CHART_GROUPS } from '@orrery/backstage-plugin-telemetry-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { ChartsService } from './ChartsService';

const querySchema = z.object({
  from: z.string().default('now-1h'),
  to: z.string().default('now'),
  compare: z
    .enum(['true', 'false'])
    .default('false')
    .transform(text => text === 'true'),
  group: z.enum(CHART_GROUPS).optional(),
});

/** `/services/:ref/charts`. */
export function createChartsRouter(options: {
  service: ChartsService;
  httpAuth: HttpAuthService;
}): Router {
  const { service, httpAuth } = options;
  const router = PromiseRouter();
  router.get('/services/:ref/charts', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { group, ...query } = parseWith(querySchema, request.query, 'query');
    response.json(
      await service.charts(
        {
          ...query,
          ref: request.params.ref,
          groups: group ? [group] : CHART_GROUPS,
        },
        credentials,
      ),
    );
  });
  return router;
}
