import { AuthenticationError } from '@backstage/errors';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { isSameToken } from './isSameToken';

export const JENKINS_HOOK_PATH = '/hooks/jenkins';

const bodySchema = z.object({
  /** Path of the job, such as `job/team/job/order.wealth/`. */
  url: z.string().regex(/^\/?(job\/[^/]+\/?)+$/, 'a job, such as job/order/'),
});

/** Full name of a job by its path. */
function jobOf(url: string): string {
  const parts = url.split('/').filter(part => part !== '');
  return parts
    .filter((_, index) => index % 2 === 1)
    .map(part => decodeURIComponent(part))
    .join('/');
}

/**
 * What the Notification plugin of Jenkins calls
 * (https://plugins.jenkins.io/notification/). It sends no headers of ours:
 * the token in the address says who it is.
 */
export function createJenkinsHookRouter(options: {
  /** Undefined where none is configured: then nobody may call it. */
  token: string | undefined;
  onBuild: (job: string) => void;
}): Router {
  const { token, onBuild } = options;
  const router = PromiseRouter();

  router.post(
    JENKINS_HOOK_PATH,
    (request, _response, next) => {
      const given = request.query.token;
      if (!token || typeof given !== 'string' || !isSameToken(token, given)) {
        throw new AuthenticationError(
          'token: expected the token that orrery.jenkins.webhookToken has',
        );
      }
      next();
    },
    express.json({ limit: '2mb' }),
    (request, response) => {
      const { url } = parseWith(bodySchema, request.body, 'body');
      onBuild(jobOf(url));
      response.json({ accepted: true });
    },
  );
  return router;
}
