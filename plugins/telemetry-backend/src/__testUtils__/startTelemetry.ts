import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  clusterClientServiceRef,
  type ClusterClient,
  type KubernetesObject,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_TELEMETRY_TARGET } from '@orrery/backstage-plugin-telemetry-common';
import { telemetryPlugin } from '../plugin';

/** Upstreams that tests play. */
export const UPSTREAMS = {
  zipkin: 'http://zipkin.test',
  prometheus: 'http://prometheus.test',
  grafana: 'http://grafana.test',
  influx: 'http://influx.test',
} as const;

/** A decision to allow what is in some namespaces. */
export function inNamespaces(...namespaces: string[]): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'telemetry',
    resourceType: RESOURCE_TYPE_TELEMETRY_TARGET,
    conditions: {
      rule: 'IS_IN_NAMESPACE',
      resourceType: RESOURCE_TYPE_TELEMETRY_TARGET,
      params: { namespaces },
    },
  };
}

/** A cluster that can be listed, or refuses. */
function listingClient(
  objects: Partial<Record<string, KubernetesObject[]>> | undefined,
): ClusterClient {
  const list = async (_cluster: string, { plural }: ResourceType) => {
    if (!objects) {
      throw new Error(`${plural} may not be listed`);
    }
    return { items: objects[plural] ?? [], resourceVersion: '1' };
  };
  return { list } as unknown as ClusterClient;
}

/** The plugin on upstreams that tests play. */
export async function startTelemetry(
  options: {
    decision?: PolicyDecision;
    cluster?: object;
    /** Objects of the cluster by the plural of their kind; none means that it refuses. */
    objects?: Partial<Record<string, KubernetesObject[]>>;
    entities?: Parameters<typeof catalogServiceMock>[0];
  } = {},
) {
  const { decision = { result: AuthorizeResult.ALLOW } } = options;
  const backend = await startTestBackend({
    features: [
      telemetryPlugin,
      mockServices.rootConfig.factory({
        data: {
          kubernetes: {
            clusterLocatorMethods: [
              { type: 'config', clusters: [{ name: 'kepler' }] },
            ],
          },
          orrery: {
            clusters: [
              {
                name: 'kepler',
                prometheus: { url: UPSTREAMS.prometheus },
                zipkin: { url: `${UPSTREAMS.zipkin}/zipkin/` },
                ...options.cluster,
              },
            ],
          },
        },
      }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        authorizeConditional: async requests => requests.map(() => decision),
      }).factory,
      createServiceFactory({
        service: clusterClientServiceRef,
        deps: {},
        factory: () => listingClient(options.objects),
      }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalogServiceMock(options.entities),
      }),
    ],
  });
  return { server: backend.server, stop: () => backend.stop() };
}
