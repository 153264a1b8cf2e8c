import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_LOGS_TARGET } from '@orrery/backstage-plugin-logs-common';
import {
  clusterClientServiceRef,
  KubernetesError,
  type ClusterClient,
  type KubernetesObject,
  type WatchEvent,
} from '@orrery/backstage-plugin-orrery-node';
import logsPlugin from '..';
import { MemoryElasticsearch } from './MemoryElasticsearch';

/** A cluster with pods and their logs, and nothing else. */
export class PodCluster {
  pods: KubernetesObject[] = [];
  /** Lines by `pod/container`, each behind its instant. */
  readonly logs = new Map<string, string[]>();
  readonly asked: { pod: string; options: object }[] = [];

  get client(): ClusterClient {
    const refuse = async () => {
      throw new KubernetesError('kepler', 405, 'MethodNotAllowed', 'no');
    };
    return {
      list: async <T extends KubernetesObject>() => ({
        items: this.pods as T[],
        resourceVersion: '1',
      }),
      watch: async function* watch<T extends KubernetesObject>(
        ...[, , { signal }]: Parameters<ClusterClient['watch']>
      ): AsyncGenerator<WatchEvent<T>> {
        yield { type: 'OPENED' };
        await new Promise<void>(resolve => {
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      },
      podLog: (...[, { name }, options]: Parameters<ClusterClient['podLog']>) =>
        this.#log(name, options),
      get: refuse,
      getFromPod: refuse,
      create: refuse,
      replace: refuse,
      patch: refuse,
      delete: refuse,
    };
  }

  async *#log(
    name: string,
    options: { container?: string },
  ): AsyncGenerator<string> {
    this.asked.push({ pod: name, options });
    yield* this.logs.get(`${name}/${options.container}`) ?? [];
  }
}

/** A pod of an app with a container of the same name and a sidecar. */
export function pod(
  namespace: string,
  app: string,
  suffix = '1',
): KubernetesObject {
  return {
    metadata: { name: `${app}-${suffix}`, namespace, labels: { app } },
    spec: {
      nodeName: 'node-1',
      containers: [{ name: app }, { name: 'istio-proxy' }],
    },
    status: {
      containerStatuses: [
        { name: app, restartCount: 2, state: { running: {} } },
        { name: 'istio-proxy', restartCount: 0, state: { running: {} } },
      ],
    },
  };
}

/** Allows namespaces, by the rule that policies use. */
export function onlyNamespaces(...namespaces: string[]): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'logs',
    resourceType: RESOURCE_TYPE_LOGS_TARGET,
    conditions: {
      rule: 'IS_IN_NAMESPACE',
      resourceType: RESOURCE_TYPE_LOGS_TARGET,
      params: { namespaces },
    },
  };
}

/** Allows what belongs to these, by the rule that policies use. */
export function onlyOwned(...claims: string[]): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'logs',
    resourceType: RESOURCE_TYPE_LOGS_TARGET,
    conditions: {
      rule: 'IS_OWNED_BY',
      resourceType: RESOURCE_TYPE_LOGS_TARGET,
      params: { claims },
    },
  };
}

/** The plugin with a store and a cluster in memory. */
export async function startLogs(
  options: { decide?: () => PolicyDecision; entities?: object[] } = {},
) {
  const store = new MemoryElasticsearch();
  const cluster = new PodCluster();
  const url = await store.start();
  const decide: () => PolicyDecision =
    options.decide ?? (() => ({ result: AuthorizeResult.ALLOW }));
  const answer = async (queries: unknown[]) => queries.map(() => decide());
  const backend = await startTestBackend({
    features: [
      logsPlugin,
      catalogServiceMock.factory({
        entities: (options.entities ?? []) as never,
      }),
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
            logs: { cursorSecret: 'known' },
            clusters: [
              {
                name: 'kepler',
                logs: {
                  url,
                  kibana: { url: 'https://kibana.example', dataView: 'view' },
                },
              },
            ],
          },
        },
      }),
    ],
  });
  return {
    server: backend.server,
    store,
    cluster,
    stop: async () => {
      await backend.stop();
      await store.stop();
    },
  };
}
