import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  actionPreviewRequestSchema,
  actionRunRequestSchema,
  approvalDecisionRequestSchema,
  decidableRequestSchema,
  parseWith,
  permittedRequestSchema,
} from '@orrery/backstage-plugin-orrery-common';
import express, { type Request, type Response, type Router } from 'express';
import type { ActionCaller, ActionRunner } from './ActionRunner';

/** What answers one request; `answer` is sent as JSON. */
type Work = (
  request: Request,
  caller: ActionCaller,
) => Promise<{ status: number; answer: object }>;

/**
 * The routes of a plugin's actions: `POST /actions/:name/preview` and `/run`,
 * `POST /actions/permitted`, `POST /actions/approvals/decidable`, and
 * `POST /actions/approvals/:id/approve`, `/reject` and `/withdraw`.
 *
 * @public
 */
export function createActionsRouter(options: {
  runner: ActionRunner;
  httpAuth: HttpAuthService;
}): Router {
  const { runner, httpAuth } = options;
  const router = express.Router();
  router.use(express.json({ limit: '1mb' }));

  const post = (path: string, work: Work) =>
    router.post(path, async (request: Request, response: Response, next) => {
      try {
        const credentials = await httpAuth.credentials(request, {
          allow: ['user', 'service'],
        });
        const { status, answer } = await work(request, {
          credentials,
          request,
        });
        response.status(status).json(answer);
      } catch (error) {
        next(error);
      }
    });

  post('/actions/permitted', async ({ body }, caller) => {
    const { questions } = parseWith(permittedRequestSchema, body, 'body');
    return {
      status: 200,
      answer: { answers: await runner.permitted(questions, caller) },
    };
  });

  post('/actions/:name/preview', async ({ params, body }, caller) => {
    const { input } = parseWith(actionPreviewRequestSchema, body, 'body');
    return {
      status: 200,
      answer: await runner.preview(params.name, input, caller),
    };
  });

  post('/actions/:name/run', async ({ params, body }, caller) => {
    const run = parseWith(actionRunRequestSchema, body, 'body');
    return { status: 202, answer: await runner.run(params.name, run, caller) };
  });

  post('/actions/approvals/decidable', async ({ body }, caller) => {
    const { ids } = parseWith(decidableRequestSchema, body, 'body');
    return {
      status: 200,
      answer: { ids: await runner.decidable(ids, caller) },
    };
  });

  for (const [verb, status] of [
    ['approve', 202],
    ['reject', 200],
    ['withdraw', 200],
  ] as const) {
    post(`/actions/approvals/:id/${verb}`, async ({ params, body }, caller) => {
      const { reason } = parseWith(approvalDecisionRequestSchema, body, 'body');
      return { status, answer: await runner[verb](params.id, reason, caller) };
    });
  }
  return router;
}
