import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  configKeySchema,
  revealRequestSchema,
  serviceRefSchema,
} from '@orrery/backstage-plugin-config-center-common';
import { formatRef, parseWith } from '@orrery/backstage-plugin-orrery-common';
import { openEventStream } from '@orrery/backstage-plugin-orrery-node';
import { json, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { ConfigService } from '../service/types';

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const serviceQuerySchema = z.object({ service: serviceRefSchema });
const treeQuerySchema = serviceQuerySchema.extend({
  values: z.enum(['true', 'false']).default('false'),
});
const valueQuerySchema = z.object({
  service: serviceRefSchema,
  key: configKeySchema,
});
const pageSchema = z.object({
  before: z
    .string()
    .regex(/^[\dT:.Z-]+~\d+~[0-9a-f]{64}$/, 'the next of another page')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const historyQuerySchema = pageSchema.extend({
  service: serviceRefSchema,
  key: configKeySchema.optional(),
});
const mapHistoryQuerySchema = pageSchema.extend({
  configMap: z
    .string()
    .regex(
      /^[^/]+\/[^/]+\/ConfigMap\/[^/]+$/,
      'the ref of a ConfigMap: cluster/namespace/ConfigMap/name',
    ),
  key: z.string().min(1).max(253).optional(),
});
const clusterQuerySchema = z.object({ cluster: z.string().min(1) });
const checkQuerySchema = z.object({
  cluster: z.string().min(1).optional(),
  namespace: z.string().regex(NAME, 'the name of a namespace'),
  app: z.string().regex(NAME, 'the name of an app'),
});

/** Keys, their values and history, and who reads them. */
export function createConfigRouter(options: {
  service: ConfigService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** The cluster that is meant where a question names none. */
  firstCluster: string | undefined;
}): Router {
  const { service, httpAuth, auditor, firstCluster } = options;
  const router = PromiseRouter();
  router.use(json({ limit: '64kb' }));

  router.get('/prefixes', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { cluster } = parseWith(clusterQuerySchema, request.query, 'query');
    response.json(await service.prefixes(cluster, credentials));
  });

  router.get('/prefixes/check', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { cluster, namespace, app } = parseWith(
      checkQuerySchema,
      request.query,
      'query',
    );
    const ref = formatRef({
      type: 'service',
      cluster: cluster ?? firstCluster ?? '',
      namespace,
      name: app,
    });
    response.json(await service.check(ref, credentials));
  });

  router.get('/tree', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(treeQuerySchema, request.query, 'query');
    response.json(
      await service.tree(query.service, query.values === 'true', credentials),
    );
  });

  router.get('/value', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(valueQuerySchema, request.query, 'query');
    response.set('Cache-Control', 'no-store');
    response.json(await service.value(query.service, query.key, credentials));
  });

  router.post('/reveal', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const {
      service: ref,
      key,
      reason,
    } = parseWith(revealRequestSchema, request.body, 'body');
    const event = await auditor.createEvent({
      eventId: 'reveal-secret',
      severityLevel: 'high',
      request,
      meta: { target: ref, key, ...(reason !== undefined && { reason }) },
    });
    try {
      const answer = await service.reveal(ref, key, credentials);
      await event.success();
      response.set('Cache-Control', 'no-store');
      response.json(answer);
    } catch (error) {
      await event.fail({
        error: error instanceof Error ? error : new Error(String(error)),
      });
      throw error;
    }
  });

  router.get('/history', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(historyQuerySchema, request.query, 'query');
    response.json(await service.history(query, credentials));
  });

  router.get('/readers', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(serviceQuerySchema, request.query, 'query');
    response.json(await service.readers(query.service, credentials));
  });

  router.get('/token', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(serviceQuerySchema, request.query, 'query');
    response.json(await service.token(query.service, credentials));
  });

  router.get('/config-maps', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(serviceQuerySchema, request.query, 'query');
    response.json(await service.configMaps(query.service, credentials));
  });

  router.get('/config-maps/history', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(mapHistoryQuerySchema, request.query, 'query');
    response.json(await service.mapHistory(query, credentials));
  });

  router.get('/stream', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(serviceQuerySchema, request.query, 'query');
    let isFull = false;
    let waiting: string | undefined;
    const stream = {
      current: undefined as ReturnType<typeof openEventStream> | undefined,
    };
    const send = (data: string) => {
      const { current } = stream;
      if (!current || isFull) {
        waiting = data;
        return;
      }
      isFull = !current.send({ event: 'snapshot', data });
    };
    const leave = await service.follow(
      query.service,
      {
        onTree: tree => send(JSON.stringify(tree)),
        onProblem: ({ message }) =>
          stream.current?.send({
            event: 'problem',
            data: JSON.stringify({ message }),
          }),
      },
      credentials,
    );
    // Only now it is sure that there is something to tell: before, a refusal is a 4xx.
    const opened = openEventStream(request, response);
    stream.current = opened;
    const flush = () => {
      isFull = false;
      if (waiting !== undefined) {
        const data = waiting;
        waiting = undefined;
        send(data);
      }
    };
    opened.onDrain(flush);
    flush();
    opened.signal.addEventListener('abort', leave);
    if (opened.signal.aborted) {
      leave();
    }
  });

  return router;
}
