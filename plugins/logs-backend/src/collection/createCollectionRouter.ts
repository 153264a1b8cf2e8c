import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  readLogCollection,
  type LogCollectionsResponse,
} from '@orrery/backstage-plugin-logs-common';
import { formatRef, parseWith } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { LogAuthority } from '../service/LogAuthority';
import { templateOf } from './template';

const TYPES = {
  Deployment: RESOURCE_TYPES.deployments,
  StatefulSet: RESOURCE_TYPES.statefulSets,
  DaemonSet: RESOURCE_TYPES.daemonSets,
};

const querySchema = z.object({
  cluster: z.string().min(1),
  namespace: z.string().min(1),
  app: z.string().regex(/^[A-Za-z0-9]([\w.-]{0,62})$/, 'the label of an app'),
});

/** `GET /collection`: what of an app's workloads is collected. */
export function createCollectionRouter(options: {
  httpAuth: HttpAuthService;
  client: ClusterClient;
  authority: LogAuthority;
  hasSidecar: boolean;
}): Router {
  const { httpAuth, client, authority, hasSidecar } = options;
  const router = PromiseRouter();

  router.get('/collection', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { cluster, namespace, app } = parseWith(
      querySchema,
      request.query,
      'query',
    );
    await authority.reach(
      { cluster, namespaces: [namespace], app },
      credentials,
    );
    const lists = await Promise.all(
      Object.entries(TYPES).map(async ([kind, type]) => {
        const { items } = await client.list(cluster, type, {
          namespace,
          labelSelector: `app=${app}`,
        });
        return items.map(object => {
          const template = templateOf(object);
          return {
            ref: formatRef({
              type: 'workload',
              cluster,
              namespace,
              kind,
              name: object.metadata.name,
            }),
            ...readLogCollection(template),
            containers: (template.spec?.containers ?? []).map(
              ({ name }) => name,
            ),
          };
        });
      }),
    );
    const answer: LogCollectionsResponse = {
      workloads: lists.flat(),
      canCollectFiles: hasSidecar,
      provenance: {
        sources: [
          {
            name: `${cluster}/kubernetes`,
            state: 'ok',
            asOf: new Date().toISOString(),
          },
        ],
        warnings: [],
      },
    };
    response.json(answer);
  });

  return router;
}
