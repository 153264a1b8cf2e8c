import { mockServices } from '@backstage/backend-test-utils';
import { canaryVerbSchema } from '@orrery/backstage-plugin-delivery-common';
import {
  DEFAULT_NAMING,
  type Environment,
} from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  WatchCaches,
  type ActionDefinition,
  type KubernetesObject,
  type OrreryConfig,
  type ResourceType,
  type TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { createBuildParts } from '../builds/createBuildParts';
import { createCanaryParts } from '../canary/createCanaryParts';
import { CachedObjects } from '../engines/CachedObjects';
import { createObjectActions } from '../objects';
import { createWorkloadParts } from '../workloads';
import { MemoryCluster } from './MemoryCluster';
import { deployment, pod, replicaSet } from './sampleObjects';

const REGISTRY = {
  inspect: async () => ({ state: 'unknown' as const, reason: 'No registry' }),
  tags: async () => ({ state: 'unknown' as const, reason: 'No registry' }),
};

const AUTHORITY: TargetAuthority = {
  resolve: () => Promise.reject(new Error('The matrix has owners of its own')),
};

/** What belongs to payments, and stays as it is until an action changes it. */
function putPayment(cluster: MemoryCluster, namespace: string): void {
  const put = (type: ResourceType, object: KubernetesObject) =>
    cluster.put(type, {
      ...object,
      metadata: { ...object.metadata, namespace },
    });
  put(RESOURCE_TYPES.deployments, deployment('payment'));
  put(RESOURCE_TYPES.replicaSets, replicaSet('payment', 1, 'pay:1.2'));
  put(RESOURCE_TYPES.pods, pod('payment-hash2', 1));
  put(RESOURCE_TYPES.cronJobs, {
    metadata: { name: 'payment-report' },
    spec: { jobTemplate: { spec: { template: { spec: { containers: [] } } } } },
  });
}

/** A canary has no world here: of its actions only the effect is stubbed. */
function withoutEffect(action: ActionDefinition): ActionDefinition {
  return {
    ...action,
    preview: async input => ({
      target: action.target(input),
      summary: action.title,
      before: '',
      after: '',
      blastRadius: { sentences: [] },
      resourceVersion: '1',
      warnings: [],
    }),
    run: async () => ({ message: 'Done' }),
  };
}

/**
 * All actions of the plugin, put together as the plugin does, on a cluster
 * where payments has something in each environment.
 */
export function createMatrixActions(options: {
  database: Knex;
  environments: readonly Environment[];
}): { actions: ActionDefinition[]; stop: () => void } {
  const { database, environments } = options;
  const client = new MemoryCluster();
  environments.forEach(({ namespaceSuffix }) =>
    putPayment(client, `wealth${namespaceSuffix}`),
  );
  const logger = mockServices.logger.mock();
  const caches = new WatchCaches({ client, logger });
  const config: OrreryConfig = {
    readOnly: false,
    clusters: [{ name: 'kepler', title: 'Kepler', protectedNamespaces: [] }],
    environments,
    naming: DEFAULT_NAMING,
    approvalExpiryHours: 24,
  };
  const shared = {
    client,
    config,
    logger,
    authority: AUTHORITY,
    registry: REGISTRY,
  };
  const workloads = createWorkloadParts({
    ...shared,
    caches,
    prometheus: new Map(),
    httpAuth: mockServices.httpAuth.mock(),
    permissions: mockServices.permissions.mock(),
    permissionsRegistry: mockServices.permissionsRegistry.mock(),
  });
  const canaries = createCanaryParts({
    ...shared,
    database,
    clients: new Map(),
    objects: new CachedObjects(caches),
    engines: [],
  });
  return {
    actions: [
      // Nothing scans here, which is no matter of who asks.
      ...workloads.actions.map(action =>
        action.name === 'scan-image' ? withoutEffect(action) : action,
      ),
      ...canaries.actions.map(withoutEffect),
      ...createObjectActions(shared).map(withoutEffect),
      ...createBuildParts({
        ...shared,
        rootConfig: mockServices.rootConfig(),
        catalog: catalogServiceMock(),
        auth: mockServices.auth(),
        httpAuth: mockServices.httpAuth.mock(),
        sight: workloads.sight,
      }).actions.map(withoutEffect),
    ],
    stop: () => caches.stop(),
  };
}

/** What each action is asked to do, in a namespace. */
export function matrixInputs(
  namespace: string,
): ReadonlyMap<string, Record<string, unknown>> {
  const workload = `kepler/${namespace}/Deployment/payment`;
  const canary = `kepler/${namespace}/CanaryPlan/payment`;
  const place = { cluster: 'kepler', namespace, app: 'payment' };
  return new Map<string, Record<string, unknown>>([
    ['deploy-image', { workload, image: 'pay:1.4' }],
    ['scan-image', { workload, image: 'pay:1.4' }],
    ['scale-workload', { workload, replicas: 3 }],
    ['restart-workload', { workload }],
    ['pause-workload', { workload }],
    ['resume-workload', { workload }],
    ['set-resources', { workload, requests: { cpu: '100m' } }],
    [
      'set-probes',
      { workload, readiness: { httpGet: { path: '/ready', port: 8080 } } },
    ],
    ['set-environment', { workload, set: [{ name: 'MODE', value: 'fast' }] }],
    ['roll-back', { workload, revision: 1 }],
    ['delete-pod', { pod: `kepler/${namespace}/Pod/payment-hash2-1` }],
    [
      'run-cron-job-now',
      { workload: `kepler/${namespace}/CronJob/payment-report` },
    ],
    [
      'start-canary',
      { workload, image: 'pay:1.4', steps: [{ kind: 'weight', weight: 20 }] },
    ],
    [
      'apply-objects',
      {
        ...place,
        objects: [
          { apiVersion: 'v1', kind: 'Service', metadata: { name: 'payment' } },
        ],
      },
    ],
    [
      'delete-objects',
      {
        ...place,
        objects: [{ apiVersion: 'v1', kind: 'Service', name: 'payment' }],
      },
    ],
    ['start-build', place],
    ['abort-build', { ...place, number: 1 }],
    ['cancel-build', { ...place, id: 1 }],
    ['create-build-job', place],
    ['delete-build-job', place],
    ['delete-source-project', place],
    ['create-source-hook', place],
    ['delete-source-hook', place],
    ['create-image-project', place],
    ...canaryVerbSchema.options.map(
      (verb): [string, Record<string, unknown>] => [
        `canary-${verb}`,
        verb === 'set-weight' ? { canary, weight: 30 } : { canary },
      ],
    ),
  ]);
}
