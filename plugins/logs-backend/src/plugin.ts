import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  logsTargetPermissions,
  RESOURCE_TYPE_LOGS_TARGET,
} from '@orrery/backstage-plugin-logs-common';
import {
  clusterClientServiceRef,
  createTargetAuthority,
  readOrreryConfig,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
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
        const { routers } = createLogParts({
          ...deps,
          config,
          caches,
          authority,
        });
        for (const router of routers) {
          deps.httpRouter.use(router);
        }
      },
    });
  },
});
