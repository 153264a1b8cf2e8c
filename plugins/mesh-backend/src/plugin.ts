import { randomUUID } from 'node:crypto';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { meshPermissions } from '@orrery/backstage-plugin-mesh-common';
import {
  clusterClientServiceRef,
  createPrometheusClients,
  OwnerIndex,
  readOrreryConfig,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import { registerActions } from './agents/registerActions';
import { createRouter } from './routes/createRouter';
import { AuthorizedMeshService } from './service/AuthorizedMeshService';
import { DefaultMeshService } from './service/DefaultMeshService';
import { GraphHub } from './service/GraphHub';
import { GraphReader } from './service/GraphReader';
import { meshAppResourceRef, meshRules } from './sight/rules';
import { Sights } from './sight/Sights';
import { ClusterObjects } from './sources/ClusterObjects';
import { ControlPlaneSource } from './sources/ControlPlaneSource';
import { SeriesStore } from './sources/SeriesStore';

/**
 * The graph of the mesh.
 *
 * @public
 */
export const meshPlugin = createBackendPlugin({
  pluginId: 'mesh',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        client: clusterClientServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init(deps) {
        const config = readOrreryConfig(deps.config);
        const caches = new WatchCaches(deps);
        const clients = createPrometheusClients(config);
        const controlPlanes = new ControlPlaneSource({ ...deps, caches });
        const objects = new ClusterObjects(caches, cluster =>
          controlPlanes.syncOf(cluster),
        );
        const shared = new DefaultMeshService({
          config,
          clients,
          planes: { objects, controlPlanes },
          graphs: new GraphReader({
            clients,
            objects,
            series: new SeriesStore({ clients }),
          }),
        });
        const sights = new Sights({
          permissions: deps.permissions,
          registry: deps.permissionsRegistry,
          owners: new OwnerIndex(deps),
        });
        const service = new AuthorizedMeshService(shared, sights);
        registerActions(deps.actionsRegistry, service);
        const hub = new GraphHub({
          sights,
          shared,
          epoch: randomUUID().slice(0, 8),
        });
        deps.lifecycle.addShutdownHook(async () => {
          hub.stop();
          await caches.stop();
        });
        deps.permissionsRegistry.addResourceType({
          resourceRef: meshAppResourceRef,
          permissions: meshPermissions,
          rules: meshRules,
        });
        deps.httpRouter.use(
          createRouter({ service, hub, httpAuth: deps.httpAuth }),
        );
      },
    });
  },
});
