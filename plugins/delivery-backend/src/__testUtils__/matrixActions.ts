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
import { createGitOpsParts } from '../gitops/createGitOpsParts';
import { APPLICATIONS } from '../gitops/findKeepers';
import { createObjectActions } from '../objects';
import { createWorkloadParts } from '../workloads';
import { MemoryCluster } from './MemoryCluster';
import { matrixCanary, putMatrixCanary } from './matrixCanaries';
import { playGitLab } from './playGitLab';
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

/** An action of which only the effect is stubbed. */
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
    verify: async () => ({ state: 'succeeded', message: 'Done' }),
  };
}

/** What belongs to payments, and stays as it is until an action changes it. */
function putPayment(cluster: MemoryCluster, namespace: string): void {
  const put = (type: ResourceType, object: KubernetesObject) =>
    cluster.put(type, {
      ...object,
      metadata: { ...object.metadata, namespace },
    });
  const labels = { version: 'v1' };
  const annotations = { 'argocd.argoproj.io/tracking-id': 'payment' };
  put(
    RESOURCE_TYPES.deployments,
    deployment('payment', { labels, metadata: { annotations } }),
  );
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

const MANIFEST = `kind: Deployment
metadata:
  name: payment
spec:
  replicas: 2
`;

/** A Jenkins with a build of payment that runs, and a GitLab with its project and manifest. */
export async function playMatrixUpstreams() {
  const jenkins = await playJenkins();
  const files = new Map([['deploy/payment.yaml', MANIFEST]]);
  const gitlab = await playGitLab('wealth/payment', files);
  return {
    config: {
      jenkins: { url: jenkins.url, username: 'orrery', token: 'secret' },
      gitlab: {
        url: gitlab.url,
        token: 'secret',
        webhookToken: 'known-to-gitlab',
      },
    },
    repositoryUrl: `${gitlab.url}/wealth/payment.git`,
    reset() {
      jenkins.queue.splice(0);
      gitlab.mergeRequests.splice(0, Infinity, {
        iid: 1,
        title: 'Deploy pay:1.4',
        description: '',
        state: 'opened',
        source_branch: 'orrery/deployment-payment-c0ffee',
        target_branch: 'main',
        created_at: '2026-11-26T11:00:00Z',
        web_url: 'http://git/wealth/payment/-/merge_requests/1',
      });
      jenkins.jobs.set('payment.wealth', {
        xml: '<flow-definition/>',
        builds: [{ result: null, parameters: [] }],
      });
      // Those that wait have their place in it as their number.
      jenkins.queue.splice(
        0,
        Infinity,
        { job: 'payment.wealth', parameters: [] },
        { job: 'payment.wealth', parameters: [] },
      );
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
  client.put(APPLICATIONS, {
    metadata: { name: 'payment', namespace: 'argocd' },
    spec: { source: { repoURL: upstreams.repositoryUrl, path: 'deploy' } },
  });
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
  const collaborators = {
    ...shared,
    catalog: catalogServiceMock(),
    auth: mockServices.auth(),
    httpAuth: mockServices.httpAuth.mock(),
    sight: workloads.sight,
  };
  const builds = createBuildParts({
    ...collaborators,
    rootConfig: mockServices.rootConfig({
      data: {
        backend: { baseUrl: 'http://portal.example' },
        orrery: upstreams.config,
      },
    }),
  });
  const gitops = createGitOpsParts({
    ...collaborators,
    ...builds,
    proposable: workloads.proposable,
    builds: builds.tools,
  });
  return {
    actions: [
      // Nothing scans here, which is no matter of who asks.
      ...workloads.actions.map(action =>
        action.name === 'scan-image' ? withoutEffect(action) : action,
      ),
      ...canaries.actions,
      ...createObjectActions(shared),
      ...builds.actions,
      ...gitops.actions,
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
      'propose-change',
      { workload, action: 'scale-workload', input: { replicas: 3 } },
    ],
    ['withdraw-proposal', { workload, mergeRequest: 1 }],
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
