import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  configApprovalPermissions,
  configTargetPermissions,
  RESOURCE_TYPE_CONFIG_CENTER_TARGET,
} from '@orrery/backstage-plugin-config-center-common';
import {
  ActionRunner,
  clusterClientServiceRef,
  createActionsRouter,
  createTargetAuthority,
  KubernetesError,
  readOrreryConfig,
  type ClusterClient,
  type KubernetesObject,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import { MemoryActivityLog } from '@orrery/backstage-plugin-orrery-node/testUtils';
import request from 'supertest';
import { readConsulConfig, readPrefixNaming } from '../config/readConsulConfig';
import { createConfigParts } from '../createConfigParts';
import { openDatabase } from '../database/openDatabase';
import { MemoryConsul } from './MemoryConsul';

export const SERVICE = 'kepler/wealth/service/payment';

/** Objects by plural, and the patches that came. */
export class ObjectCluster {
  readonly objects = new Map<string, KubernetesObject[]>();
  readonly patches: { plural: string; name: string; patch: object }[] = [];

  get client(): ClusterClient {
    const refuse = async () => {
      throw new KubernetesError('kepler', 405, 'MethodNotAllowed', 'no');
    };
    const find = ({ plural }: ResourceType, name: string) =>
      (this.objects.get(plural) ?? []).find(
        ({ metadata }) => metadata.name === name,
      );
    const client: Partial<ClusterClient> = {
      list: async <T extends KubernetesObject>(
        _cluster: string,
        { plural }: ResourceType,
      ) => ({
        items: (this.objects.get(plural) ?? []) as T[],
        resourceVersion: '1',
      }),
      get: async <T extends KubernetesObject>(
        _cluster: string,
        type: ResourceType,
        { name }: { name: string },
      ) => {
        const found = find(type, name);
        if (!found) {
          throw new KubernetesError('kepler', 404, 'NotFound', 'none');
        }
        return found as T;
      },
      patch: async <T extends KubernetesObject>(
        ...[, type, { name }, change, options]: Parameters<
          ClusterClient['patch']
        >
      ) => {
        if (change.type === 'apply') {
          return this.#apply(type, name, change.object, options) as T;
        }
        const found = find(type, name);
        if (!found || change.type !== 'merge') {
          throw new KubernetesError('kepler', 404, 'NotFound', 'none');
        }
        if (!options?.dryRun) {
          this.patches.push({
            plural: type.plural,
            name,
            patch: change.patch,
          });
          const data: unknown = Reflect.get(change.patch, 'data');
          if (data) {
            found.data = Object.fromEntries(
              Object.entries({
                ...(found.data as object),
                ...(data as object),
              }).filter(([, value]) => value !== null),
            );
            found.metadata.resourceVersion = `${
              Number(found.metadata.resourceVersion) + 1
            }`;
          }
        }
        return found as T;
      },
      create: refuse,
      replace: refuse,
      delete: async (_cluster, type, { name }) => {
        this.objects.set(
          type.plural,
          (this.objects.get(type.plural) ?? []).filter(
            ({ metadata }) => metadata.name !== name,
          ),
        );
      },
    };
    return client as ClusterClient;
  }

  /** Refuses, as an API server that quotes what it got. */
  refusesApply = false;

  #apply(
    { plural }: ResourceType,
    name: string,
    object: object,
    options?: { dryRun?: boolean },
  ): KubernetesObject {
    if (this.refusesApply && !options?.dryRun) {
      throw new KubernetesError(
        'kepler',
        403,
        'Forbidden',
        `quota, got ${JSON.stringify(object)}`,
      );
    }
    const applied = object as KubernetesObject;
    if (!options?.dryRun) {
      this.objects.set(plural, [
        ...(this.objects.get(plural) ?? []).filter(
          ({ metadata }) => metadata.name !== name,
        ),
        applied,
      ]);
    }
    return applied;
  }
}

/** The plugin on a Consul and a cluster in memory. */
export async function startConfig(
  options: {
    /** Decides about a permission by its name. */
    decide?: (permission: string) => PolicyDecision;
    isProtected?: boolean;
  } = {},
) {
  const consul = new MemoryConsul();
  const url = await consul.start();
  const cluster = new ObjectCluster();
  const log = new MemoryActivityLog();
  const { decide = () => ({ result: AuthorizeResult.ALLOW }) } = options;
  const answer = async (
    queries: { permission: { name: string } }[],
  ): Promise<PolicyDecision[]> =>
    queries.map(({ permission }) => decide(permission.name));
  const auditor = mockServices.auditor.mock();
  const events: { eventId: string; meta?: object; outcome?: string }[] = [];
  auditor.createEvent.mockImplementation(async ({ eventId, meta }) => {
    const event: (typeof events)[number] = { eventId, meta };
    events.push(event);
    return {
      success: async () => {
        event.outcome = 'success';
      },
      fail: async () => {
        event.outcome = 'fail';
      },
    };
  });
  const plugin = createBackendPlugin({
    pluginId: 'config-center',
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          client: clusterClientServiceRef,
          database: coreServices.database,
          rootConfig: coreServices.rootConfig,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
        },
        async init(deps) {
          const config = readOrreryConfig(deps.rootConfig);
          const authority = createTargetAuthority({
            ...deps,
            config,
            pluginId: 'config-center',
            resourceType: RESOURCE_TYPE_CONFIG_CENTER_TARGET,
            permissions: configTargetPermissions,
          });
          const consulConfig = readConsulConfig(deps.rootConfig);
          if (!consulConfig) {
            throw new Error('No Consul');
          }
          const parts = createConfigParts({
            ...deps,
            auditor,
            consul: consulConfig,
            naming: readPrefixNaming(config),
            config,
            authority,
            database: await openDatabase(deps.database),
            firstDelayMilliseconds: 10,
          });
          deps.lifecycle.addShutdownHook(parts.stop);
          deps.httpRouter.use(
            createActionsRouter({
              ...deps,
              runner: new ActionRunner({
                ...deps,
                auditor,
                pluginId: 'config-center',
                actions: parts.actions,
                activityLog: log,
                authority,
                approvals: configApprovalPermissions,
                readOnly: false,
              }),
            }),
          );
          deps.httpRouter.use(parts.router);
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.permissions.mock({
        authorize: answer as never,
        authorizeConditional: answer as never,
      }).factory,
      createServiceFactory({
        service: clusterClientServiceRef,
        deps: {},
        factory: () => cluster.client,
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [{ name: 'kepler', url: 'http://[::1]:1' }],
              },
            ],
          },
          orrery: {
            clusters: [
              {
                name: 'kepler',
                protectedNamespaces: options.isProtected ? ['wealth'] : [],
              },
            ],
            consul: { url, token: 'a-token' },
          },
        },
      }),
    ],
  });
  const { server } = backend;
  const preview = (action: string, input: object) =>
    request(server)
      .post(`/api/config-center/actions/${action}/preview`)
      .send({ input });
  return {
    server,
    consul,
    cluster,
    log,
    events,
    get: (path: string) => request(server).get(`/api/config-center${path}`),
    post: (path: string, body: object) =>
      request(server).post(`/api/config-center${path}`).send(body),
    preview,
    /** Previews and runs with what the preview said. */
    async run(action: string, input: object, overrides: object = {}) {
      const { body } = await preview(action, input);
      return request(server)
        .post(`/api/config-center/actions/${action}/run`)
        .send({
          input,
          reason: 'Because',
          resourceVersion: body.resourceVersion ?? 'none',
          idempotencyKey: `key-${action}-${log.rows.size}`,
          ...overrides,
        });
    },
    /** The row of a run once it is over. */
    async ended(id: string) {
      for (let tries = 0; tries < 200; tries++) {
        const row = log.rows.get(id);
        if (row && row.state !== 'running') {
          return row;
        }
        await new Promise(resolve => {
          setTimeout(resolve, 10);
        });
      }
      throw new Error('It does not end');
    },
    async stop() {
      await backend.stop();
      await consul.stop();
    },
  };
}
