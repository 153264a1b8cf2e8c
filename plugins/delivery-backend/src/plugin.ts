import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  deliveryApprovalPermissions,
  deliveryTargetPermissions,
  RESOURCE_TYPE_DELIVERY_TARGET,
} from '@orrery/backstage-plugin-delivery-common';
import {
  canaryEnginesExtensionPoint,
  type CanaryEngine,
} from '@orrery/backstage-plugin-delivery-node';
import {
  ActionRunner,
  activityLogServiceRef,
  clusterClientServiceRef,
  createActionsRouter,
  createPrometheusClients,
  createTargetAuthority,
  readOrreryConfig,
  registerActions,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import { createBuildParts } from './builds/createBuildParts';
import { CanaryNotifier } from './canary/CanaryNotifier';
import { createCanaryParts } from './canary/createCanaryParts';
import { readHookTokens } from './config/readHookTokens';
import { openDatabase } from './database/openDatabase';
import { CachedObjects } from './engines/CachedObjects';
import { createGitOpsParts } from './gitops/createGitOpsParts';
import { GITLAB_HOOK_PATH } from './hooks/createGitLabHookRouter';
import { JENKINS_HOOK_PATH } from './hooks/createJenkinsHookRouter';
import { PushNews } from './hooks/PushNews';
import { createHooksRouter } from './hooks/createHooksRouter';
import { HOOKS_PATH } from './engines/flaggerParts';
import { ImageScans } from './registry/ImageScans';
import { OciImageRegistry } from './registry/OciImageRegistry';
import { readRegistries } from './registry/readRegistries';
import { createObjectActions } from './objects';
import { createReleaseParts } from './releases';
import { createCanaryRouter } from './routes/createCanaryRouter';
import { createWorkloadParts } from './workloads';

const TICK_SECONDS = 5;

/**
 * Workloads, releases and canaries, and what can be done to them.
 *
 * @public
 */
export const deliveryPlugin = createBackendPlugin({
  pluginId: 'delivery',
  register(env) {
    const engines: CanaryEngine[] = [];
    env.registerExtensionPoint(canaryEnginesExtensionPoint, {
      addEngine(engine) {
        if (
          engines.some(
            ({ id, kind }) => id === engine.id || kind === engine.kind,
          )
        ) {
          throw new Error(`A canary engine ${engine.id} was added before`);
        }
        engines.push(engine);
      },
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        activityLog: activityLogServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        client: clusterClientServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { client, logger } = deps;
        const config = readOrreryConfig(deps.config);
        const tokens = readHookTokens(deps.config, config);
        const database = await openDatabase(deps.database);
        const caches = new WatchCaches({ client, logger });
        deps.lifecycle.addShutdownHook(() => caches.stop());
        const objects = new CachedObjects(caches);
        const clients = createPrometheusClients(config);
        const authority = createTargetAuthority({
          ...deps,
          pluginId: 'delivery',
          resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
          permissions: deliveryTargetPermissions,
          config,
        });
        const registries = readRegistries(deps.config);
        const registry = new OciImageRegistry(registries);
        const canaries = createCanaryParts({
          database,
          client,
          clients,
          objects,
          config,
          logger,
          authority,
          registry,
          engines,
        });
        const shared = { ...deps, config, authority, registry, database };
        const workloads = createWorkloadParts({
          ...shared,
          caches,
          scans: new ImageScans(registries),
          prometheus: clients,
          canaryOf: ref => canaries.service.sentenceAbout(ref),
        });
        const builds = createBuildParts({
          ...shared,
          rootConfig: deps.config,
          news: new PushNews(deps),
          sight: workloads.sight,
        });
        const releases = createReleaseParts({
          ...shared,
          ...workloads,
          builds: builds.tools,
          prometheus: clients,
          planOf: canaries.planOf,
        });
        releases.start(deps.lifecycle);
        const gitops = createGitOpsParts({
          ...shared,
          ...workloads,
          builds: builds.tools,
          gitlabUrls: builds.gitlabUrls,
        });
        const runner = new ActionRunner({
          ...deps,
          pluginId: 'delivery',
          actions: [
            ...workloads.actions,
            ...canaries.actions,
            ...createObjectActions(shared),
            ...builds.actions,
            ...gitops.actions,
          ],
          authority,
          approvals: deliveryApprovalPermissions,
          approvalExpiryHours: config.approvalExpiryHours,
          readOnly: config.readOnly,
        });
        registerActions(deps.actionsRegistry, runner);
        const notifier = new CanaryNotifier({
          service: canaries.service,
          notifications: deps.notifications,
          database,
          logger,
        });
        await deps.scheduler.scheduleTask({
          id: 'drive-canaries',
          // Of several backends one at a time; leases see to the rest.
          scope: 'global',
          frequency: { seconds: TICK_SECONDS },
          timeout: { minutes: 2 },
          fn: async () => {
            await canaries.tick();
            await notifier.look();
          },
        });
        deps.httpRouter.use(
          createHooksRouter({
            tokens,
            gates: canaries.gates,
            events: canaries.events,
            onChange: () => canaries.flagger.gatesChanged(),
          }),
        );
        // Flagger, GitLab and Jenkins have tokens of their own; the routers check them.
        for (const path of [
          HOOKS_PATH.replace(/\/$/, ''),
          GITLAB_HOOK_PATH,
          JENKINS_HOOK_PATH,
        ]) {
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        deps.httpRouter.use(createActionsRouter({ ...deps, runner }));
        deps.httpRouter.use(
          createCanaryRouter({
            ...deps,
            ...canaries,
            config,
            sight: workloads.sight,
          }),
        );
        for (const router of [
          ...workloads.routers,
          ...releases.routers,
          ...builds.routers,
          ...gitops.routers,
        ]) {
          deps.httpRouter.use(router);
        }
      },
    });
  },
});
