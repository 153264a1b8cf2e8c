import { AuthenticationError } from '@backstage/errors';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { isSameToken } from './isSameToken';

export const GITLAB_HOOK_PATH = '/hooks/gitlab';

/** Events after which a service's page looks different. */
const EVENTS = [
  'Push Hook',
  'Tag Push Hook',
  'Merge Request Hook',
  'Pipeline Hook',
];

const bodySchema = z.object({
  project: z.object({ path_with_namespace: z.string().min(1) }),
});

/**
 * The webhook that GitLab calls
 * (https://docs.gitlab.com/user/project/integrations/webhooks/). GitLab has no
 * Backstage identity: its secret token says who it is.
 */
export function createGitLabHookRouter(options: {
  /** Undefined where none is configured: then nobody may call it. */
  token: string | undefined;
  onPush: (project: string) => void;
}): Router {
  const { token, onPush } = options;
  const router = PromiseRouter();

  router.post(
    GITLAB_HOOK_PATH,
    (request, _response, next) => {
      const given = request.get('x-gitlab-token') ?? '';
      if (!token || !isSameToken(token, given)) {
        throw new AuthenticationError(
          'X-Gitlab-Token: expected the token that orrery.gitlab.webhookToken has',
        );
      }
      next();
    },
    express.json({ limit: '2mb' }),
    (request, response) => {
      if (!EVENTS.includes(request.get('x-gitlab-event') ?? '')) {
        response.status(204).end();
        return;
      }
      const { project } = parseWith(bodySchema, request.body, 'body');
      onPush(project.path_with_namespace);
      response.json({ accepted: true });
    },
  );
  return router;
}
