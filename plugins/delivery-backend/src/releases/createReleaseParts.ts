import type {
  HttpAuthService,
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type {
  ClusterClient,
  OrreryConfig,
  PrometheusClient,
  TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import type { Knex } from 'knex';
import type { ImageRegistry } from '../registry/types';
import type { TargetSight } from '../sight/TargetSight';
import type { DeliveryObjects } from '../sources/DeliveryObjects';
import type { WorkloadIndexes } from '../workloads/WorkloadIndexes';
import { createReleasesRouter } from './createReleasesRouter';
import type { BuildTools } from '../builds/types';
import { ReleaseMeter } from './ReleaseMeter';
import { ReleaseRanger } from './ReleaseRanger';
import { ReleaseObserver } from './ReleaseObserver';
import { ReleasesService } from './ReleasesService';
import { ReleaseStore } from './ReleaseStore';

const OBSERVE_MILLISECONDS = 2_000;
const MEASURE_MILLISECONDS = 60_000;
const RANGE_MILLISECONDS = 10_000;

/** What releases need of the plugin, and of its workloads. */
export type ReleasePartsOptions = {
  config: OrreryConfig;
  client: ClusterClient;
  database: Knex;
  prometheus: ReadonlyMap<string, PrometheusClient>;
  authority: TargetAuthority;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  objects: DeliveryObjects;
  indexes: WorkloadIndexes;
  registry: ImageRegistry;
  sight: TargetSight;
  /** Where commits are looked for; without it they stay unknown. */
  builds?: Pick<BuildTools, 'names' | 'gitlab' | 'jenkins'>;
  /** Ref of the canary of our own that a workload was given an image by. */
  planOf?: (
    workload: string,
    images: readonly string[],
  ) => Promise<string | undefined>;
};

/** Releases, put together. */
export type ReleaseParts = {
  store: ReleaseStore;
  observer: ReleaseObserver;
  meter: ReleaseMeter;
  ranger: ReleaseRanger | undefined;
  routers: Router[];
  /** Watches and measures from now on, until the plugin shuts down. */
  start(lifecycle: LifecycleService): void;
};

/** Puts together what the plugin's releases are made of. */
export function createReleaseParts(options: ReleasePartsOptions): ReleaseParts {
  const { config, database, logger, httpAuth } = options;
  const store = new ReleaseStore(database);
  const observer = new ReleaseObserver({
    ...options,
    store,
    clusters: config.clusters.map(({ name }) => name),
  });
  const meter = new ReleaseMeter({ ...options, store });
  const { builds } = options;
  const ranger =
    builds &&
    new ReleaseRanger({
      ...options,
      store,
      names: builds.names,
      gitlab: builds.gitlab,
      jenkins: builds.jenkins,
    });
  return {
    store,
    observer,
    meter,
    ranger,
    routers: [
      createReleasesRouter({
        httpAuth,
        service: new ReleasesService({ ...options, store }),
      }),
    ],
    start(lifecycle) {
      const report = (error: unknown) =>
        logger.warn(`Releases could not be recorded: ${error}`);
      const timers = [
        setInterval(
          () => observer.observeAll().catch(report),
          OBSERVE_MILLISECONDS,
        ),
        setInterval(
          () => meter.measureAll().catch(report),
          MEASURE_MILLISECONDS,
        ),
        setInterval(() => ranger?.rangeAll().catch(report), RANGE_MILLISECONDS),
      ];
      lifecycle.addShutdownHook(() => timers.forEach(clearInterval));
    },
  };
}
