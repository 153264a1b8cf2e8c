import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type { CanaryEngine } from '@orrery/backstage-plugin-delivery-node';
import type {
  ActionDefinition,
  ClusterClient,
  OrreryConfig,
  PrometheusClient,
  TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import type { Knex } from 'knex';
import { ArgoEngine } from '../engines/ArgoEngine';
import type { CachedObjects } from '../engines/CachedObjects';
import { FlaggerEngine } from '../engines/FlaggerEngine';
import { IstioEngine } from '../engines/IstioEngine';
import { resetSkippedAnalyses } from '../engines/resetSkippedAnalyses';
import { GateStore } from '../hooks/GateStore';
import type { ImageRegistry } from '../registry/types';
import { createStartCanaryAction } from '../plans/createStartCanaryAction';
import { PlanCluster } from '../plans/PlanCluster';
import { PlanDriver, type PlanListener } from '../plans/PlanDriver';
import { planOf } from '../plans/planOf';
import { PlanStore } from '../plans/PlanStore';
import { PrometheusJudge } from '../plans/PrometheusJudge';
import { StartChecks } from '../plans/StartChecks';
import { CanaryTelemetry } from '../telemetry/CanaryTelemetry';
import { ObservedWeights } from '../telemetry/ObservedWeights';
import { CanaryDetails } from './CanaryDetails';
import { CanaryEventStore } from './CanaryEventStore';
import { CanaryService } from './CanaryService';
import { createCanaryActions } from './createCanaryActions';

/** All that canaries consist of, put together. */
export type CanaryParts = {
  service: CanaryService;
  details: CanaryDetails;
  gates: GateStore;
  events: CanaryEventStore;
  actions: ActionDefinition[];
  flagger: FlaggerEngine;
  /** Ref of the plan of our own that has just given a workload one of these images. */
  planOf: (
    workload: string,
    images: readonly string[],
  ) => Promise<string | undefined>;
  starts: StartChecks;
  /** One look at all plans, and what belongs to it. The scheduler calls it. */
  tick: () => Promise<void>;
};

/** Puts the canaries of all engines together. */
export function createCanaryParts(options: {
  database: Knex;
  client: ClusterClient;
  clients: ReadonlyMap<string, PrometheusClient>;
  objects: CachedObjects;
  config: OrreryConfig;
  logger: LoggerService;
  authority: TargetAuthority;
  registry: ImageRegistry;
  /** Engines that modules added. */
  engines: readonly CanaryEngine[];
  now?: () => Date;
}): CanaryParts {
  const { database, client, clients, objects, config, logger, now } = options;
  const events = new CanaryEventStore({ database });
  const store = new PlanStore({ database, now });
  const gates = new GateStore({ database, now });
  const telemetry = new CanaryTelemetry({ clients, now });
  // The engine tells of changes, and is made after what makes them.
  const later: { istio?: IstioEngine } = {};
  const tell: PlanListener = async (_before, record, told) => {
    const { cluster, namespace, workload } = record;
    const ref = formatRef({
      type: 'workload',
      cluster,
      namespace,
      kind: 'CanaryPlan',
      name: workload,
    });
    await events.add(ref, told);
    later.istio?.plansChanged();
  };
  const driver = new PlanDriver({
    store,
    cluster: new PlanCluster({ client }),
    judge: new PrometheusJudge({ telemetry, now }),
    logger,
    holder: randomUUID(),
    listener: tell,
    now,
  });
  const istio = new IstioEngine({ store, driver, tell, objects, now });
  later.istio = istio;
  const flagger = new FlaggerEngine({ objects, client, gates, now });
  const service = new CanaryService({
    engines: [
      istio,
      new ArgoEngine({ objects, client, now }),
      flagger,
      ...options.engines,
    ],
    config,
    weights: new ObservedWeights({ clients }),
    events,
    authority: options.authority,
  });
  return {
    service,
    details: new CanaryDetails({ service, telemetry, client, now }),
    gates,
    events,
    flagger,
    starts: new StartChecks({ client, config, store }),
    actions: [
      createStartCanaryAction({
        client,
        config,
        store,
        registry: options.registry,
        onStart: id => {
          istio.plansChanged();
          driver.drive(id).catch(error => {
            logger.error(`Plan ${id} could not be begun: ${error}`);
          });
        },
        now,
      }) as ActionDefinition,
      ...createCanaryActions({ service, config }),
    ],
    planOf: (workload, images) => planOf(store, workload, images, now),
    async tick() {
      await driver.driveAll();
      await resetSkippedAnalyses({ objects, client, config, logger });
    },
  };
}
