import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  deliveryWorkloadReadPermission,
  MOST_LOG_LINES,
  readLogLine,
  type PodLog,
} from '@orrery/backstage-plugin-delivery-common';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import {
  openEventStream,
  parseTarget,
  type ClusterClient,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { TargetSight } from '../sight/TargetSight';
import { streamPodLog } from './streamPodLog';

const querySchema = z.object({
  container: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'the name of a container')
    .optional(),
  previous: z
    .enum(['true', 'false'])
    .default('false')
    .transform(text => text === 'true'),
  tailLines: z.coerce.number().int().min(1).max(MOST_LOG_LINES).default(500),
});

/** `GET /pods/:ref/log` and `GET /pods/:ref/log/stream`. */
export function createPodLogRouter(options: {
  client: ClusterClient;
  config: OrreryConfig;
  httpAuth: HttpAuthService;
  sight: TargetSight;
}): Router {
  const { client, config, httpAuth, sight } = options;
  const router = PromiseRouter();

  const read = async (request: Request) => {
    const credentials = await httpAuth.credentials(request);
    const { ref } = request.params;
    const pod = parseTarget('pod', ref, { kinds: ['Pod'], config });
    const query = parseWith(querySchema, request.query, 'query');
    await sight.require(deliveryWorkloadReadPermission, ref, credentials);
    return { pod, query };
  };

  router.get('/pods/:ref/log', async (request, response) => {
    const { pod, query } = await read(request);
    const { cluster } = pod;
    const lines: PodLog['lines'] = [];
    for await (const text of client.podLog(cluster, pod, query)) {
      const line = readLogLine(text);
      if (line) {
        lines.push(line);
      }
    }
    const asOf = new Date().toISOString();
    const answer: PodLog = {
      lines: lines.slice(-MOST_LOG_LINES),
      provenance: {
        sources: [{ name: `${cluster}/kubernetes/log`, state: 'ok', asOf }],
        warnings: [],
      },
    };
    response.json(answer);
  });

  router.get('/pods/:ref/log/stream', async (request, response) => {
    const { pod, query } = await read(request);
    const { container, tailLines } = query;
    await streamPodLog({
      stream: openEventStream(request, response),
      follow: signal =>
        client.podLog(pod.cluster, pod, {
          container,
          tailLines,
          follow: true,
          signal,
        }),
      after: request.header('last-event-id'),
    });
  });

  return router;
}
