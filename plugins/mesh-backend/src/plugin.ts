import { randomUUID } from 'node:crypto';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { meshPermissions } from '@orrery/backstage-plugin-mesh-common';
import {
  clusterClientServiceRef,
  HttpPrometheusClient,
  readOrreryConfig,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import { createRouter } from './routes/createRouter';
import { AuthorizedMeshService } from './service/AuthorizedMeshService';
import { DefaultMeshService } from './service/DefaultMeshService';
import { GraphHub } from './service/GraphHub';
import { ClusterObjects } from './sources/ClusterObjects';
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
        const clients = new Map(
          config.clusters.flatMap(({ name, prometheus }) =>
            prometheus
              ? [[name, new HttpPrometheusClient(prometheus)] as const]
              : [],
          ),
        );
        const shared = new DefaultMeshService({
          config,
          clients,
          objects: new ClusterObjects(caches),
          series: new SeriesStore({ clients }),
        });
        const service = new AuthorizedMeshService(shared, deps.permissions);
        const hub = new GraphHub({
          authorized: service,
          shared,
          epoch: randomUUID().slice(0, 8),
        });
        deps.lifecycle.addShutdownHook(async () => {
          hub.stop();
          await caches.stop();
        });
        deps.permissionsRegistry.addPermissions(meshPermissions);
        deps.httpRouter.use(
          createRouter({ service, hub, httpAuth: deps.httpAuth }),
        );
      },
    });
  },
});
