import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  parseWith,
  resolveTimeRange,
} from '@orrery/backstage-plugin-orrery-common';
import {
  parseTraceId,
  traceQuerySchema,
} from '@orrery/backstage-plugin-telemetry-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { TracesService } from './types';

const clusterSchema = z.object({ cluster: z.string().min(1) });
const namesSchema = clusterSchema.extend({ service: z.string().optional() });
const dependenciesSchema = clusterSchema.extend({
  namespaces: z
    .string()
    .default('')
    .transform(text => text.split(',').filter(name => name !== '')),
  from: z.string().default('now-15m'),
  to: z.string().default('now'),
});

/** `/traces`, `/traces/:traceId`, `/trace-services`, `/trace-tags/:key` and `/dependencies`. */
export function createTracesRouter(options: {
  service: TracesService;
  httpAuth: HttpAuthService;
}): Router {
  const { service, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/traces', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(traceQuerySchema, request.query, 'query');
    response.json(await service.search(query, credentials));
  });

  router.get('/traces/:traceId', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { cluster } = parseWith(clusterSchema, request.query, 'query');
    const { traceId } = parseTraceId(request.params.traceId);
    response.json(await service.trace(cluster, traceId, credentials));
  });

  router.get('/trace-services', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(namesSchema, request.query, 'query');
    response.json(
      await service.names(
        query.cluster,
        query.service || undefined,
        credentials,
      ),
    );
  });

  router.get('/trace-tags/:key', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { cluster } = parseWith(clusterSchema, request.query, 'query');
    response.json(
      await service.tagValues(cluster, request.params.key, credentials),
    );
  });

  router.get('/dependencies', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(dependenciesSchema, request.query, 'query');
    const { cluster, namespaces } = query;
    const range = resolveTimeRange(query, Date.now());
    response.json(
      await service.dependencies(
        { cluster, namespaces, ...range },
        credentials,
      ),
    );
  });

  return router;
}
