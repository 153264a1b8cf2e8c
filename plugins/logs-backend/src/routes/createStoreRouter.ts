import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  logQuerySchema,
  LOGS_LIMITS,
} from '@orrery/backstage-plugin-logs-common';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { LogContext } from '../service/LogContext';
import type { LogFields } from '../service/LogFields';
import type { LogFigures } from '../service/LogFigures';
import type { LogSearch } from '../service/LogSearch';
import type { LogStores } from '../service/LogStores';
import { sendLinesJson } from './sendLinesJson';

const count = (most: number, fallback: number, least = 1) =>
  z.coerce.number().int().min(least).max(most).default(fallback);

const pageSchema = z.object({
  limit: count(LOGS_LIMITS.lines, 200),
  cursor: z.string().max(20_000).optional(),
});
const histogramSchema = z.object({
  buckets: count(LOGS_LIMITS.buckets, 60),
  compare: z.literal('previous').optional(),
});
const valuesSchema = z.object({
  field: z.string().min(1).max(500),
  limit: count(LOGS_LIMITS.values, 10),
});
const scopeSchema = logQuerySchema.pick({
  cluster: true,
  namespaces: true,
  app: true,
});
const contextSchema = scopeSchema.extend({
  id: z.string().min(1).max(512),
  before: count(LOGS_LIMITS.contextLines, 20, 0),
  after: count(LOGS_LIMITS.contextLines, 20, 0),
});

/** Reads of stores: search, histogram, fields, values, context and stores. */
export function createStoreRouter(options: {
  httpAuth: HttpAuthService;
  search: LogSearch;
  figures: LogFigures;
  fields: LogFields;
  context: LogContext;
  stores: LogStores;
}): Router {
  const { httpAuth, search, figures, fields, context, stores } = options;
  const router = PromiseRouter();

  router.get('/stores', async (request, response) => {
    response.json(await stores.list(await httpAuth.credentials(request)));
  });

  router.get('/search', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(logQuerySchema, request.query, 'query');
    const page = parseWith(pageSchema, request.query, 'query');
    await sendLinesJson(
      await search.page(query, page, credentials),
      request,
      response,
    );
  });

  router.get('/histogram', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(logQuerySchema, request.query, 'query');
    const { buckets, compare } = parseWith(
      histogramSchema,
      request.query,
      'query',
    );
    response.json(
      await figures.histogram(
        query,
        { buckets, isCompared: compare === 'previous' },
        credentials,
      ),
    );
  });

  router.get('/fields', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(scopeSchema, request.query, 'query');
    response.json(await fields.list(query, credentials));
  });

  router.get('/values', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(logQuerySchema, request.query, 'query');
    const values = parseWith(valuesSchema, request.query, 'query');
    response.json(await fields.values(query, values, credentials));
  });

  router.get('/context', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(contextSchema, request.query, 'query');
    response.json(await context.around(query, credentials));
  });

  return router;
}
