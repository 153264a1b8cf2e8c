import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  logsTargetPermissions,
  RESOURCE_TYPE_LOGS_TARGET,
} from '@orrery/backstage-plugin-logs-common';
import {
  activityLogServiceRef,
  clusterClientServiceRef,
  createTargetAuthority,
  readOrreryConfig,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import { createCollectionParts } from './collection/createCollectionParts';
import { createLogParts } from './createLogParts';

/**
 * Lines of the log stores and of pods, as far as the caller may read them.
 *
 * @public
 */
export const logsPlugin = createBackendPlugin({
  pluginId: 'logs',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        activityLog: activityLogServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        client: clusterClientServiceRef,
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
          pluginId: 'logs',
          resourceType: RESOURCE_TYPE_LOGS_TARGET,
          permissions: logsTargetPermissions,
        });
        const logs = createLogParts({ ...deps, config, caches, authority });
        const collection = createCollectionParts({
          ...deps,
          config,
          targets: authority,
          authority: logs.authority,
        });
        for (const router of [...logs.routers, ...collection.routers]) {
          deps.httpRouter.use(router);
        }
      },
    });
  },
});
