import type {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  activityStateSchema,
  approvalDecisionSchema,
  orreryActivityReadPermission,
  orreryScopeReadPermission,
  parseWith,
} from '@orrery/backstage-plugin-orrery-common';
import {
  createActionsRouter,
  type ActionRunner,
} from '@orrery/backstage-plugin-orrery-node';
import express, { type Request, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { ActivityStore } from '../database/ActivityStore';
import type { ScopeService } from '../service/ScopeService';

const listQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z
    .string()
    .regex(/^\S+_\S+$/, 'the `next` of a page before')
    .optional(),
  target: z.string().max(500).optional(),
  state: activityStateSchema.optional(),
});

const startSchema = z.object({
  actor: z.string().min(1).max(255),
  action: z.string().min(1).max(100),
  target: z.string().min(1).max(500),
  reason: z.string().max(2000),
  summary: z.string().max(2000),
  before: z.string().max(1_000_000),
  after: z.string().max(1_000_000),
  message: z.string().max(5000),
  undo: z.string().max(2000),
  idempotencyKey: z.string().min(8).max(100),
});

const approvalSchema = startSchema.extend({
  plugin: z.string().min(1).max(100),
  input: z.unknown(),
  resourceVersion: z.string().max(255),
  neededUntil: z.iso.datetime(),
});

const verdictSchema = z.object({
  decision: approvalDecisionSchema,
  decidedBy: z.string().min(1).max(255),
  decisionReason: z.string().max(2000),
  message: z.string().max(5000),
});

const progressSchema = z.object({
  state: z.enum(['running', 'succeeded', 'failed']),
  message: z.string().max(5000),
});

/** Routes of `/api/orrery`. */
export function createRouter(options: {
  scope: ScopeService;
  activities: ActivityStore;
  runner: ActionRunner;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): Router {
  const { scope, activities, runner, httpAuth, permissions } = options;
  const router = PromiseRouter();
  const body = express.json({ limit: '3mb' });

  const authorize = async (request: Request, permission: BasicPermission) => {
    const credentials = await httpAuth.credentials(request);
    const [decision] = await permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `The permission ${permission.name} is not granted to you`,
      );
    }
  };

  router.use(createActionsRouter({ runner, httpAuth }));

  router.get('/scope', async (request, response) => {
    await authorize(request, orreryScopeReadPermission);
    response.json(await scope.read());
  });

  router.get('/activity', async (request, response) => {
    await authorize(request, orreryActivityReadPermission);
    response.json(
      await activities.list(parseWith(listQuerySchema, request.query, 'query')),
    );
  });

  router.get('/activity/:id', async (request, response) => {
    await authorize(request, orreryActivityReadPermission);
    const activity = await activities.get(request.params.id);
    if (!activity) {
      throw new NotFoundError(`No activity ${request.params.id}`);
    }
    response.json(activity);
  });

  // Only plugins write the log; people appear in it as actors.
  router.post('/activity', body, async (request, response) => {
    await httpAuth.credentials(request, { allow: ['service'] });
    const start = parseWith(startSchema, request.body, 'body');
    const outcome = await activities.start(start);
    response.status(outcome.created ? 201 : 200).json(outcome);
  });

  router.put('/activity/:id', body, async (request, response) => {
    await httpAuth.credentials(request, { allow: ['service'] });
    const progress = parseWith(progressSchema, request.body, 'body');
    const outcome = await activities.update(request.params.id, progress);
    if (outcome === 'absent') {
      throw new NotFoundError(`No activity ${request.params.id}`);
    }
    response.status(204).end();
  });

  router.post('/approvals', body, async (request, response) => {
    await httpAuth.credentials(request, { allow: ['service'] });
    const wanted = parseWith(approvalSchema, request.body, 'body');
    const outcome = await activities.ask(wanted);
    response.status(outcome.created ? 201 : 200).json(outcome);
  });

  // Inputs are for the plugin that asked; people see what they come to.
  router.get('/activity/:id/request', async (request, response) => {
    await httpAuth.credentials(request, { allow: ['service'] });
    const asked = await activities.readRequest(request.params.id);
    if (!asked) {
      throw new NotFoundError(`No request ${request.params.id}`);
    }
    response.json(asked);
  });

  router.put('/activity/:id/verdict', body, async (request, response) => {
    await httpAuth.credentials(request, { allow: ['service'] });
    const verdict = parseWith(verdictSchema, request.body, 'body');
    const outcome = await activities.decide(request.params.id, verdict);
    if (!outcome) {
      throw new NotFoundError(`No activity ${request.params.id}`);
    }
    response.json(outcome);
  });

  return router;
}
