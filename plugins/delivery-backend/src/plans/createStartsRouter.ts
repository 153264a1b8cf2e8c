import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  deliveryWorkloadReadPermission,
  MAXIMUM_CANARY_STARTS,
  type CanaryStarts,
} from '@orrery/backstage-plugin-delivery-common';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import {
  parseTarget,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { TargetSight } from '../sight/TargetSight';
import type { StartChecks } from './StartChecks';

const querySchema = z.object({
  workloads: z
    .string()
    .max(20_000)
    .transform(text => text.split(',').filter(Boolean))
    .pipe(z.array(z.string()).min(1).max(MAXIMUM_CANARY_STARTS)),
});

/** `GET /canary-starts?workloads=...`: beside which of them a canary could be started, of those that the caller may see. */
export function createStartsRouter(options: {
  starts: StartChecks;
  config: OrreryConfig;
  httpAuth: HttpAuthService;
  sight: TargetSight;
}): Router {
  const { starts, config, httpAuth, sight } = options;
  const router = PromiseRouter();

  router.get('/canary-starts', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { workloads } = parseWith(querySchema, request.query, 'query');
    workloads.forEach(ref =>
      parseTarget('workloads', ref, { kinds: ['Deployment'], config }),
    );
    const seen = await sight.filter(
      deliveryWorkloadReadPermission,
      workloads,
      ref => ref,
      credentials,
    );
    const items = await Promise.all(seen.map(ref => starts.check(ref)));
    response.json({ items } satisfies CanaryStarts);
  });

  return router;
}
