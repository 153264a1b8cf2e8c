import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { deliveryCanaryReadPermission } from '@orrery/backstage-plugin-delivery-common';
import {
  InvalidValueError,
  parseDuration,
  parseInstant,
  parseWith,
} from '@orrery/backstage-plugin-orrery-common';
import {
  openEventStream,
  parseTarget,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { CanaryDetails } from '../canary/CanaryDetails';
import type { CanaryService } from '../canary/CanaryService';
import { createStartsRouter } from '../plans/createStartsRouter';
import type { StartChecks } from '../plans/StartChecks';
import type { TargetSight } from '../sight/TargetSight';

/** Changes that come within this time are told as one. */
const SETTLE_MILLISECONDS = 300;
/** Observed weights change without any object changing. */
const REFRESH_MILLISECONDS = 10_000;
const MOST_LINES = 500;

const listQuerySchema = z.object({
  cluster: z.string().max(100).optional(),
  namespaces: z
    .string()
    .max(10_000)
    .optional()
    .transform(text => (text ?? '').split(',').filter(Boolean)),
  app: z.string().max(253).optional(),
});

const logsQuerySchema = z.object({
  side: z.enum(['stable', 'canary']).default('canary'),
  tailLines: z.coerce.number().int().min(1).max(MOST_LINES).default(100),
});

/** `GET /canaries` and what belongs to one canary. */
export function createCanaryRouter(options: {
  service: CanaryService;
  details: CanaryDetails;
  starts: StartChecks;
  config: OrreryConfig;
  httpAuth: HttpAuthService;
  sight: TargetSight;
}): Router {
  const { service, details, config, httpAuth, sight } = options;
  const router = PromiseRouter();
  router.use(createStartsRouter(options));

  const read = async (request: express.Request): Promise<string> => {
    const credentials = await httpAuth.credentials(request);
    const { ref } = request.params;
    parseTarget('canary', ref, {
      kinds: service.engines.map(({ kind }) => kind),
      config,
    });
    await sight.require(deliveryCanaryReadPermission, ref, credentials);
    return ref;
  };

  router.get('/canaries', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = parseWith(listQuerySchema, request.query, 'query');
    const list = await service.list(query);
    const canaries = await sight.filter(
      deliveryCanaryReadPermission,
      list.canaries,
      ({ ref }) => ref,
      credentials,
    );
    response.json({ ...list, canaries });
  });

  router.get('/canaries/:ref', async (request, response) => {
    response.json(await service.get(await read(request)));
  });

  router.get('/canaries/:ref/comparison', async (request, response) => {
    const ref = await read(request);
    const duration = parseDuration(String(request.query.duration ?? '10m'));
    response.json(await details.comparison(ref, duration));
  });

  router.get('/canaries/:ref/history', async (request, response) => {
    const ref = await read(request);
    const to = request.query.to
      ? parseInstant(String(request.query.to), 'to')
      : Date.now();
    const from = request.query.from
      ? parseInstant(String(request.query.from), 'from')
      : to - 30 * 60_000;
    if (from >= to) {
      throw new InvalidValueError('from', 'an instant before to', from);
    }
    response.json(await details.history(ref, new Date(from), new Date(to)));
  });

  router.get('/canaries/:ref/logs', async (request, response) => {
    const ref = await read(request);
    const { side, tailLines } = parseWith(
      logsQuerySchema,
      request.query,
      'query',
    );
    response.json(await details.logs(ref, side, tailLines));
  });

  router.get('/canaries/:ref/stream', async (request, response) => {
    const ref = await read(request);
    const first = JSON.stringify(await service.get(ref));
    const stream = openEventStream(request, response);
    let last = first;
    let id = 1;
    let waiting: NodeJS.Timeout | undefined;
    let isSending = false;
    stream.send({ event: 'snapshot', id: String(id), data: first });
    let isWanted = false;
    const send = async () => {
      isSending = true;
      try {
        const next = JSON.stringify(await service.get(ref));
        if (next !== last) {
          last = next;
          id += 1;
          stream.send({ event: 'snapshot', id: String(id), data: next });
        }
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        stream.send({ event: 'problem', data: JSON.stringify({ message }) });
      } finally {
        isSending = false;
      }
    };
    /** What changes while an answer is being made is told in the next one. */
    const settle = async () => {
      waiting = undefined;
      isWanted = true;
      while (isWanted && !isSending) {
        isWanted = false;
        await send();
      }
    };
    const schedule = () => {
      waiting ??= setTimeout(settle, SETTLE_MILLISECONDS);
    };
    const stop = service.onChange(schedule);
    const refresh = setInterval(schedule, REFRESH_MILLISECONDS);
    stream.signal.addEventListener('abort', () => {
      stop();
      clearInterval(refresh);
      clearTimeout(waiting);
    });
  });

  return router;
}
