import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  ActionRunner,
  activityLogServiceRef,
  clusterClientServiceRef,
  createActionsRouter,
  createPrometheusClients,
  createTargetAuthority,
  readOrreryConfig,
  registerActions,
} from '@orrery/backstage-plugin-orrery-node';
import {
  RESOURCE_TYPE_TELEMETRY_TARGET,
  telemetryApprovalPermissions,
  telemetryTargetPermissions,
} from '@orrery/backstage-plugin-telemetry-common';
import { EntityAnnotations } from './catalog/EntityAnnotations';
import { AuthorizedChartsService } from './charts/AuthorizedChartsService';
import { DefaultChartsService } from './charts/ChartsService';
import { createChartsRouter } from './charts/createChartsRouter';
import { createHistories } from './charts/createHistories';
import { PodNames } from './charts/PodNames';
import { PrometheusHistory } from './charts/PrometheusHistory';
import { readTelemetryConfig } from './config/readTelemetryConfig';
import { createDashboardActions } from './grafana/createDashboardActions';
import { createDashboardsRouter } from './grafana/createDashboardsRouter';
import { DashboardsService } from './grafana/DashboardsService';
import { GrafanaSource } from './grafana/GrafanaSource';
import { ServiceDashboards } from './grafana/ServiceDashboards';
import { createServiceDashboardRouter } from './grafana/createServiceDashboardRouter';
import { createLevelsRouter } from './levels/createLevelsRouter';
import {
  AuthorizedLevelsService,
  DefaultLevelsService,
} from './levels/LevelsService';
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
        actionsRegistry: actionsRegistryServiceRef,
        activityLog: activityLogServiceRef,
        auditor: coreServices.auditor,
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
        const histories = createHistories(config, clusters, prometheus);
        const charts = new AuthorizedChartsService(
          new DefaultChartsService({
            histories,
            pods: new PodNames(deps.client),
          }),
          sight,
        );
        deps.httpRouter.use(createChartsRouter({ ...deps, service: charts }));
        const annotations = new EntityAnnotations({ ...deps, authority });
        const levels = new AuthorizedLevelsService(
          new DefaultLevelsService({ ...deps, annotations, prometheus }),
          sight,
        );
        deps.httpRouter.use(createLevelsRouter({ ...deps, service: levels }));
        const dashboards = new DashboardsService({
          annotations,
          sources: new Map(
            [...clusters].map(([cluster, { grafana }]) => [
              cluster,
              grafana.map(each => new GrafanaSource(each)),
            ]),
          ),
          histories: new Map(
            [...histories].flatMap(([cluster, [first]]) =>
              first instanceof PrometheusHistory ? [[cluster, first]] : [],
            ),
          ),
          portalOrigin: new URL(
            deps.config.getOptionalString('app.baseUrl') ?? 'http://localhost',
          ).origin,
        });
        deps.httpRouter.use(
          createDashboardsRouter({ ...deps, service: dashboards, sight }),
        );
        const own = new ServiceDashboards(clusters);
        deps.httpRouter.use(
          createServiceDashboardRouter({ ...deps, dashboards: own, sight }),
        );
        const runner = new ActionRunner({
          ...deps,
          pluginId: 'telemetry',
          actions: createDashboardActions(own, config),
          authority,
          approvals: telemetryApprovalPermissions,
          approvalExpiryHours: config.approvalExpiryHours,
          readOnly: config.readOnly,
        });
        registerActions(deps.actionsRegistry, runner);
        deps.httpRouter.use(createActionsRouter({ ...deps, runner }));
      },
    });
  },
});
