import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  clusterClientServiceRef,
  KubernetesError,
} from '@orrery/backstage-plugin-orrery-node';
import { deliveryPlugin } from '../plugin';
import { MemoryCluster } from './MemoryCluster';

/** The token that hooks of the cluster `kepler` carry. */
export const HOOK_TOKEN = 'known-to-flagger';

/** The whole plugin on a cluster in memory. */
export async function startDelivery(
  options: {
    denied?: boolean;
    readOnly?: boolean;
    /** Plural of a kind that the cluster does not have. */
    absent?: string;
  } = {},
) {
  const cluster = new MemoryCluster();
  cluster.beforeRequest = (_verb, plural) => {
    if (plural === options.absent) {
      throw new KubernetesError('kepler', 404, 'NotFound', 'no such kind');
    }
  };
  const notifications = { send: jest.fn(async () => undefined) };
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      mockServices.permissions.factory({
        result: options.denied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: 'quote' },
            spec: { system: 'wealth' },
            relations: [
              { type: 'ownedBy', targetRef: 'group:default/trading' },
            ],
          },
        ],
      }),
      createServiceFactory({
        service: clusterClientServiceRef,
        deps: {},
        factory: () => cluster,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => notifications,
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: 'http://localhost',
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [{ name: 'kepler', url: 'http://[::1]:1' }],
              },
            ],
          },
          orrery: {
            readOnly: options.readOnly ?? false,
            clusters: [{ name: 'kepler' }],
            flagger: { hooks: [{ cluster: 'kepler', token: HOOK_TOKEN }] },
          },
        },
      }),
    ],
  });
  return {
    server: backend.server,
    cluster,
    notifications,
    stop: () => backend.stop(),
  };
}
