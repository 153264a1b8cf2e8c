import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  configApprovalPermissions,
  configTargetPermissions,
  RESOURCE_TYPE_CONFIG_CENTER_TARGET,
} from '@orrery/backstage-plugin-config-center-common';
import {
  ActionRunner,
  activityLogServiceRef,
  clusterClientServiceRef,
  createActionsRouter,
  createTargetAuthority,
  readOrreryConfig,
  registerActions,
} from '@orrery/backstage-plugin-orrery-node';
import { readConsulConfig, readPrefixNaming } from './config/readConsulConfig';
import { createConfigParts } from './createConfigParts';
import { openDatabase } from './database/openDatabase';

/**
 * Configuration of services: keys in Consul and ConfigMaps.
 *
 * @public
 */
export const configCenterPlugin = createBackendPlugin({
  pluginId: 'config-center',
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
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init(deps) {
        const consul = readConsulConfig(deps.rootConfig);
        if (!consul) {
          deps.logger.warn(
            'There is no orrery.consul in the configuration: the configuration centre has nothing to show',
          );
          deps.httpRouter.use(() => {
            throw new NotFoundError(
              'There is no orrery.consul in the configuration of this portal',
            );
          });
          return;
        }
        const config = readOrreryConfig(deps.rootConfig);
        const naming = readPrefixNaming(config);
        const authority = createTargetAuthority({
          ...deps,
          config,
          pluginId: 'config-center',
          resourceType: RESOURCE_TYPE_CONFIG_CENTER_TARGET,
          permissions: configTargetPermissions,
        });
        const parts = createConfigParts({
          ...deps,
          consul,
          naming,
          config,
          authority,
          database: await openDatabase(deps.database),
        });
        deps.lifecycle.addShutdownHook(parts.stop);
        const runner = new ActionRunner({
          ...deps,
          pluginId: 'config-center',
          actions: parts.actions,
          authority,
          approvals: configApprovalPermissions,
          approvalExpiryHours: config.approvalExpiryHours,
          readOnly: config.readOnly,
        });
        registerActions(deps.actionsRegistry, runner);
        deps.httpRouter.use(createActionsRouter({ ...deps, runner }));
        deps.httpRouter.use(parts.router);
      },
    });
  },
});
