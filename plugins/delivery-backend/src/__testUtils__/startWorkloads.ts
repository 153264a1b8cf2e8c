import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  deliveryApprovalPermissions,
  deliveryTargetPermissions,
  RESOURCE_TYPE_DELIVERY_TARGET,
} from '@orrery/backstage-plugin-delivery-common';
import {
  ActionRunner,
  clusterClientServiceRef,
  createActionsRouter,
  createTargetAuthority,
  readOrreryConfig,
  WatchCaches,
  type ActivityLog,
} from '@orrery/backstage-plugin-orrery-node';
import { openDatabase } from '../database/openDatabase';
import { createObjectActions } from '../objects';
import { OciImageRegistry } from '../registry/OciImageRegistry';
import { readRegistries } from '../registry/readRegistries';
import { createReleaseParts } from '../releases';
import { createWorkloadParts } from '../workloads';
import { MemoryCluster } from './MemoryCluster';

/** Rows of the log, for tests to look at. */
export type Row = { state: string; message: string; [field: string]: unknown };

function memoryLog(rows: Map<string, Row>): ActivityLog {
  return {
    start: async start => {
      const id = `row-${rows.size + 1}`;
      const activity = {
        ...start,
        id,
        startedAt: '2026-11-26T12:00:00Z',
        state: 'running' as const,
      };
      rows.set(id, activity);
      return { created: true, activity };
    },
    update: async (id, progress) => {
      rows.set(id, { ...rows.get(id), ...progress });
    },
    ask: () => Promise.reject(new Error('Nobody is asked here')),
    readRequest: async () => undefined,
    decide: async () => undefined,
  };
}

/** Workloads and releases as a plugin of their own, on a cluster in memory. */
export async function startWorkloads(
  options: {
    denied?: boolean;
    registryUrl?: string;
    isProtected?: boolean;
  } = {},
) {
  const cluster = new MemoryCluster();
  const rows = new Map<string, Row>();
  let observe: () => Promise<void> = async () => undefined;
  const plugin = createBackendPlugin({
    pluginId: 'delivery',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          client: clusterClientServiceRef,
          database: coreServices.database,
          rootConfig: coreServices.rootConfig,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
        },
        async init(deps) {
          const config = readOrreryConfig(deps.rootConfig);
          const caches = new WatchCaches(deps);
          deps.lifecycle.addShutdownHook(() => caches.stop());
          const authority = createTargetAuthority({
            ...deps,
            config,
            pluginId: 'delivery',
            resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
            permissions: deliveryTargetPermissions,
          });
          const registry = new OciImageRegistry(
            readRegistries(deps.rootConfig),
          );
          const parts = createWorkloadParts({
            ...deps,
            registry,
            config,
            caches,
            authority,
            prometheus: new Map(),
            pollMilliseconds: 5,
          });
          const releases = createReleaseParts({
            ...deps,
            ...parts,
            authority,
            registry,
            config,
            database: await openDatabase(deps.database),
            prometheus: new Map(),
          });
          observe = () => releases.observer.observeAll();
          for (const router of [...parts.routers, ...releases.routers]) {
            deps.httpRouter.use(router);
          }
          deps.httpRouter.use(
            createActionsRouter({
              httpAuth: deps.httpAuth,
              runner: new ActionRunner({
                ...deps,
                pluginId: 'delivery',
                actions: [
                  ...parts.actions,
                  ...createObjectActions({
                    client: deps.client,
                    config,
                    authority,
                    pollMilliseconds: 5,
                  }),
                ],
                activityLog: memoryLog(rows),
                authority,
                approvals: deliveryApprovalPermissions,
                readOnly: false,
              }),
            }),
          );
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.permissions.factory({
        result: options.denied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      }),
      createServiceFactory({
        service: clusterClientServiceRef,
        deps: {},
        factory: () => cluster,
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [{ name: 'kepler', url: 'http://[::1]:1' }],
              },
            ],
          },
          orrery: {
            clusters: [
              {
                name: 'kepler',
                protectedNamespaces: options.isProtected ? ['wealth'] : [],
              },
            ],
            registries: options.registryUrl
              ? [{ host: 'registry.example', url: options.registryUrl }]
              : [],
          },
        },
      }),
    ],
  });
  return {
    server: backend.server,
    cluster,
    rows,
    observe: () => observe(),
    stop: () => backend.stop(),
  };
}
