import type {
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type {
  ActionDefinition,
  ClusterClient,
  OrreryConfig,
  PrometheusClient,
  TargetAuthority,
  WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import { createPodLogRouter } from '../podLog/createPodLogRouter';
import { createImagesRouter } from '../registry/createImagesRouter';
import { createScanImageAction } from '../registry/createScanImageAction';
import { ImagesService } from '../registry/ImagesService';
import { ImageScans } from '../registry/ImageScans';
import type { ImageRegistry } from '../registry/types';
import { TargetSight } from '../sight/TargetSight';
import { DeliveryObjects } from '../sources/DeliveryObjects';
import { createProposableActions, createWorkloadActions } from './actions';
import { AuthorizedWorkloadsService } from './AuthorizedWorkloadsService';
import { createWorkloadsRouter } from './createWorkloadsRouter';
import { DefaultWorkloadsService } from './DefaultWorkloadsService';
import { WorkloadIndexes } from './WorkloadIndexes';

/** What workloads need of the plugin. */
export type WorkloadPartsOptions = {
  registry: ImageRegistry;
  /** What scanners of registries found; nothing where absent. */
  scans?: ImageScans;
  config: OrreryConfig;
  client: ClusterClient;
  caches: WatchCaches;
  prometheus: ReadonlyMap<string, PrometheusClient>;
  authority: TargetAuthority;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  /** A sentence about a canary that runs on a workload. */
  canaryOf?: (ref: string) => Promise<string | undefined>;
  pollMilliseconds?: number;
};

/** Workloads and images, put together. */
export type WorkloadParts = {
  objects: DeliveryObjects;
  indexes: WorkloadIndexes;
  sight: TargetSight;
  actions: ActionDefinition[];
  /** Those that can be made in Git instead. */
  proposable: ReturnType<typeof createProposableActions>;
  routers: Router[];
};

/** Puts together what the plugin's workloads are made of. */
export function createWorkloadParts(
  options: WorkloadPartsOptions,
): WorkloadParts {
  const { caches, config, client, httpAuth, registry } = options;
  const objects = new DeliveryObjects(caches);
  const indexes = new WorkloadIndexes(objects);
  const sight = new TargetSight(options);
  const scans = options.scans ?? new ImageScans([]);
  const tools = { ...options, indexes };
  return {
    objects,
    indexes,
    sight,
    actions: [
      ...createWorkloadActions(tools),
      createScanImageAction({ ...tools, scans }),
    ],
    proposable: createProposableActions(tools),
    routers: [
      createWorkloadsRouter({
        httpAuth,
        service: new AuthorizedWorkloadsService(
          new DefaultWorkloadsService({ indexes, client, config }),
          sight,
        ),
      }),
      createImagesRouter({
        httpAuth,
        service: new ImagesService({
          indexes,
          registry,
          scans,
          config,
          sight,
        }),
      }),
      createPodLogRouter({ client, config, httpAuth, sight }),
    ],
  };
}
