import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  clusterClientServiceRef,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { meshPlugin } from '../plugin';
import { deployment, FakeCluster, NAMESPACES, service } from './fakeCluster';
import { pair, startFakePrometheus } from './fakePrometheus';

/**
 * The plugin on a Prometheus and a cluster of its own: order calls both
 * versions of payment, and half of what version 2 answers fails.
 */
export async function startMesh(
  options: {
    denied?: boolean;
    prometheus?: boolean;
    decision?: PolicyDecision;
    pods?: KubernetesObject[];
  } = {},
) {
  const prometheus = await startFakePrometheus();
  prometheus.vectors.requests = [
    [pair('web -> order'), 10],
    [pair('order -> payment-v1'), 9],
    [pair('order -> payment-v2'), 1],
    [pair('order -> payment-v2', { response_code: '503' }), 1],
  ];
  prometheus.vectors.tcpSent = [[pair('payment-v1 -> mysql'), 4096]];
  const cluster = new FakeCluster({
    namespaces: NAMESPACES,
    pods: options.pods ?? [],
    deployments: [
      'web',
      'order',
      'payment-v1',
      'payment-v2',
      'mysql',
      'report',
    ].map(name => deployment(name)),
    services: ['web', 'order', 'payment', 'mysql'].map(service),
    virtualservices: [
      {
        metadata: { name: 'payment', namespace: 'wealth' },
        spec: { hosts: ['payment'] },
      },
    ],
  });
  const { decision } = options;
  const permissions = decision
    ? mockServices.permissions.mock({
        authorizeConditional: async requests => requests.map(() => decision),
      }).factory
    : mockServices.permissions.factory({
        result: options.denied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      });
  const backend = await startTestBackend({
    features: [
      meshPlugin,
      permissions,
      createServiceFactory({
        service: clusterClientServiceRef,
        deps: {},
        factory: () => cluster,
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost' },
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [{ name: 'kepler', url: 'http://127.0.0.1:1' }],
              },
            ],
          },
          orrery: {
            clusters: [
              {
                name: 'kepler',
                ...(options.prometheus !== false && {
                  prometheus: {
                    url: prometheus.url,
                    timeoutSeconds: 0.2,
                    retentionDays: 2,
                  },
                }),
              },
            ],
          },
        },
      }),
    ],
  });
  return {
    server: backend.server,
    prometheus,
    cluster,
    stop: async () => {
      await backend.stop();
      await prometheus.stop();
    },
  };
}
