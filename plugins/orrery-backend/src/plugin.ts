import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  orreryApprovalPermissions,
  orreryPermissions,
  orreryTargetPermissions,
  RESOURCE_TYPE_ORRERY_TARGET,
} from '@orrery/backstage-plugin-orrery-common';
import {
  ActionRunner,
  clusterClientServiceRef,
  createTargetAuthority,
  readOrreryConfig,
  registerActions,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import { createConsentAction } from './actions/createConsentAction';
import { ActivityStore } from './database/ActivityStore';
import { createRouter } from './routes/createRouter';
import { ScopeService } from './service/ScopeService';

/**
 * Clusters and namespaces to choose from, and the activity log.
 *
 * @public
 */
export const orreryPlugin = createBackendPlugin({
  pluginId: 'orrery',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        client: clusterClientServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init(deps) {
        const { client, logger } = deps;
        const config = readOrreryConfig(deps.config);
        const caches = new WatchCaches({ client, logger });
        deps.lifecycle.addShutdownHook(() => caches.stop());
        const activities = await ActivityStore.create(deps);
        const authority = createTargetAuthority({
          ...deps,
          config,
          pluginId: 'orrery',
          resourceType: RESOURCE_TYPE_ORRERY_TARGET,
          permissions: orreryTargetPermissions,
        });
        const runner = new ActionRunner({
          ...deps,
          pluginId: 'orrery',
          // What changes workloads is the domains' own.
          actions: [createConsentAction({ config })],
          activityLog: {
            start: activity => activities.start(activity),
            update: async (id, progress) => {
              await activities.update(id, progress);
            },
            ask: request => activities.ask(request),
            readRequest: id => activities.readRequest(id),
            decide: (id, verdict) => activities.decide(id, verdict),
          },
          authority,
          approvals: orreryApprovalPermissions,
          approvalExpiryHours: config.approvalExpiryHours,
          readOnly: config.readOnly,
        });
        registerActions(deps.actionsRegistry, runner);
        deps.permissionsRegistry.addPermissions(orreryPermissions);
        deps.httpRouter.use(
          createRouter({
            ...deps,
            activities,
            runner,
            scope: new ScopeService({ config, caches }),
          }),
        );
      },
    });
  },
});
