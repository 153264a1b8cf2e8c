import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  parseWith,
  templatePreviewRequestSchema,
} from '@orrery/backstage-plugin-orrery-common';
import type { JsonObject } from '@backstage/types';
import { json, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { TemplatePreviews } from './TemplatePreviews';

/** `POST /orrery/template-previews`, below the scaffolder's own address. */
export function createPreviewRouter(options: {
  httpAuth: HttpAuthService;
  previews: TemplatePreviews;
}): Router {
  const { httpAuth, previews } = options;
  const router = PromiseRouter();
  router.post(
    '/orrery/template-previews',
    json({ limit: '1mb' }),
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const { templateRef, values } = parseWith(
        templatePreviewRequestSchema,
        request.body,
        'body',
      );
      response.json(
        await previews.preview(templateRef, values as JsonObject, credentials),
      );
    },
  );
  return router;
}
