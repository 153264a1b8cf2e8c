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
import { matrixCanary, putMatrixCanary } from './matrixCanaries';
import { playHttp } from './playHttp';
import { playJenkins } from './playJenkins';
import { deployment, pod, replicaSet } from './sampleObjects';

const REGISTRY = {
  inspect: async () => ({ state: 'unknown' as const, reason: 'No registry' }),
  tags: async () => ({ state: 'unknown' as const, reason: 'No registry' }),
};

/** Owners are the matrix's own; here names are read by the convention. */
const AUTHORITY: TargetAuthority = {
  resolve: async ref => ({
    ref,
    cluster: 'kepler',
    namespace: ref.split('/')[1],
    environment: 'unknown',
    kind: 'service',
    name: 'payment',
    owners: [],
  }),
};

/** What belongs to payments, and stays as it is until an action changes it. */
function putPayment(cluster: MemoryCluster, namespace: string): void {
  const put = (type: ResourceType, object: KubernetesObject) =>
    cluster.put(type, {
      ...object,
      metadata: { ...object.metadata, namespace },
    });
  const labels = { version: 'v1' };
  put(RESOURCE_TYPES.deployments, deployment('payment', { labels }));
  put(RESOURCE_TYPES.services, {
    metadata: { name: 'payment' },
    spec: { selector: { app: 'payment' }, ports: [{ port: 80 }] },
  });
  put(RESOURCE_TYPES.replicaSets, replicaSet('payment', 1, 'pay:1.2'));
  put(RESOURCE_TYPES.pods, pod('payment-hash2', 1));
  put(RESOURCE_TYPES.cronJobs, {
    metadata: { name: 'payment-report' },
    spec: { jobTemplate: { spec: { template: { spec: { containers: [] } } } } },
  });
}

/** A Jenkins with a build of payment that runs, and a GitLab with its project. */
export async function playMatrixUpstreams() {
  const jenkins = await playJenkins();
  const project = '/api/v4/projects/wealth%2Fpayment';
  const accepted = { status: 202, body: {} };
  const gitlab = await playHttp({
    [`GET ${project}`]: {
      status: 200,
      body: {
        id: 7,
        path_with_namespace: 'wealth/payment',
        web_url: 'http://git/wealth/payment',
        http_url_to_repo: 'http://git/wealth/payment.git',
        created_at: '2026-11-26T10:00:00Z',
      },
    },
    [`POST ${project}/archive`]: accepted,
    [`DELETE ${project}`]: accepted,
  });
  return {
    config: {
      jenkins: { url: jenkins.url, username: 'orrery', token: 'secret' },
      gitlab: { url: gitlab.url, token: 'secret' },
    },
    reset() {
      jenkins.queue.splice(0);
      jenkins.jobs.set('payment.wealth', {
        xml: '<flow-definition/>',
        builds: [{ result: null, parameters: [] }],
      });
    },
    stop() {
      jenkins.stop();
      gitlab.stop();
    },
  };
}

/**
 * All actions of the plugin, put together as the plugin does, on a cluster
 * where payments has something in each environment.
 */
export async function createMatrixActions(options: {
  database: Knex;
  environments: readonly Environment[];
  upstreams: Awaited<ReturnType<typeof playMatrixUpstreams>>;
  /** The action that is going to be tried: a canary is put where it makes sense. */
  action: string;
}): Promise<{ actions: ActionDefinition[]; stop: () => void }> {
  const { database, environments, upstreams } = options;
  const client = new MemoryCluster();
  await database('canary_plans').delete();
  upstreams.reset();
  const verb = canaryVerbSchema.safeParse(
    options.action.replace(/^canary-/, ''),
  ).data;
  for (const { namespaceSuffix } of environments) {
    const namespace = `wealth${namespaceSuffix}`;
    putPayment(client, namespace);
    if (verb) {
      await putMatrixCanary(client, database, namespace, verb);
    }
  }
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
      ...workloads.actions,
      ...canaries.actions,
      ...createObjectActions(shared),
      ...createBuildParts({
        ...shared,
        rootConfig: mockServices.rootConfig({
          data: { orrery: upstreams.config },
        }),
        catalog: catalogServiceMock(),
        auth: mockServices.auth(),
        httpAuth: mockServices.httpAuth.mock(),
        sight: workloads.sight,
      }).actions,
    ],
    stop: () => caches.stop(),
  };
}

/** What each action is asked to do, in a namespace. */
export function matrixInputs(
  namespace: string,
): ReadonlyMap<string, Record<string, unknown>> {
  const workload = `kepler/${namespace}/Deployment/payment`;
  const place = { cluster: 'kepler', namespace, app: 'payment' };
  return new Map<string, Record<string, unknown>>([
    ['deploy-image', { workload, image: 'pay:1.4' }],
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
    ['create-build-job', place],
    ['delete-build-job', place],
    ['delete-source-project', place],
    ['create-image-project', place],
    ...canaryVerbSchema.options.map(
      (verb): [string, Record<string, unknown>] => {
        const canary = matrixCanary(verb, namespace);
        return [
          `canary-${verb}`,
          verb === 'set-weight' ? { canary, weight: 30 } : { canary },
        ];
      },
    ),
  ]);
}
