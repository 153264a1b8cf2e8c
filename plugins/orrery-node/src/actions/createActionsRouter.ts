import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  actionPreviewRequestSchema,
  actionRunRequestSchema,
  parseWith,
} from '@orrery/backstage-plugin-orrery-common';
import express, { type Router } from 'express';
import type { ActionRunner } from './ActionRunner';

/**
 * `POST /actions/:name/preview` and `POST /actions/:name/run` of a plugin.
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

  router.post('/actions/:name/preview', async (request, response, next) => {
    try {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const { input } = parseWith(
        actionPreviewRequestSchema,
        request.body,
        'body',
      );
      response.json(
        await runner.preview(request.params.name, input, {
          credentials,
          request,
        }),
      );
    } catch (error) {
      next(error);
    }
  });

  router.post('/actions/:name/run', async (request, response, next) => {
    try {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const body = parseWith(actionRunRequestSchema, request.body, 'body');
      response
        .status(202)
        .json(
          await runner.run(request.params.name, body, { credentials, request }),
        );
    } catch (error) {
      next(error);
    }
  });
  return router;
}
