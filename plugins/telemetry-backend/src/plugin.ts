import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  clusterClientServiceRef,
  createPrometheusClients,
  createTargetAuthority,
  readOrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import {
  RESOURCE_TYPE_TELEMETRY_TARGET,
  telemetryTargetPermissions,
} from '@orrery/backstage-plugin-telemetry-common';
import { AuthorizedChartsService } from './charts/AuthorizedChartsService';
import { DefaultChartsService } from './charts/ChartsService';
import { createChartsRouter } from './charts/createChartsRouter';
import { createHistories } from './charts/createHistories';
import { PodNames } from './charts/PodNames';
import { readTelemetryConfig } from './config/readTelemetryConfig';
import { TelemetrySight } from './sight/TelemetrySight';
import { ZipkinSource } from './sources/ZipkinSource';
import { AuthorizedTracesService } from './traces/AuthorizedTracesService';
import { createTracesRouter } from './traces/createTracesRouter';
import { DefaultTracesService } from './traces/DefaultTracesService';
import type { TraceSource } from './traces/TraceSource';

/**
 * Charts, service levels, dashboards and traces, as far as the caller may read them.
 *
 * @public
 */
export const telemetryPlugin = createBackendPlugin({
  pluginId: 'telemetry',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        client: clusterClientServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init(deps) {
        const config = readOrreryConfig(deps.config);
        const clusters = readTelemetryConfig(deps.config);
        const prometheus = createPrometheusClients(config);
        const authority = createTargetAuthority({
          ...deps,
          pluginId: 'telemetry',
          resourceType: RESOURCE_TYPE_TELEMETRY_TARGET,
          permissions: telemetryTargetPermissions,
          config,
        });
        const sight = new TelemetrySight({ ...deps, authority });
        const stores = new Map<string, TraceSource>();
        for (const [cluster, { zipkin }] of clusters) {
          if (zipkin) {
            stores.set(cluster, new ZipkinSource(zipkin));
          }
        }
        const traces = new AuthorizedTracesService(
          new DefaultTracesService({ sources: stores, prometheus }),
          sight,
        );
        deps.httpRouter.use(createTracesRouter({ ...deps, service: traces }));
        const charts = new AuthorizedChartsService(
          new DefaultChartsService({
            histories: createHistories(config, clusters, prometheus),
            pods: new PodNames(deps.client),
          }),
          sight,
        );
        deps.httpRouter.use(createChartsRouter({ ...deps, service: charts }));
      },
    });
  },
});
