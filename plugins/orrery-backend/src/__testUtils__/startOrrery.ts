import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { clusterClientServiceRef } from '@orrery/backstage-plugin-orrery-node';
import { orreryPlugin } from '../plugin';
import { FakeCluster } from './fakeCluster';

/** The plugin with a cluster that it can read and one that refuses it. */
export async function startOrrery(
  options: { denied?: boolean; readOnly?: boolean; guarded?: boolean } = {},
) {
  const cluster = new FakeCluster();
  const names = ['kepler', 'tycho'];
  const backend = await startTestBackend({
    features: [
      orreryPlugin,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.permissions.factory({
        result: options.denied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      }),
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
                clusters: names.map(name => ({ name, url: 'http://[::1]:1' })),
              },
            ],
          },
          orrery: {
            readOnly: options.readOnly ?? false,
            clusters: [
              {
                name: 'kepler',
                title: 'Kepler',
                prometheus: { url: 'http://[::1]:1' },
                protectedNamespaces: options.guarded ? ['wealth'] : [],
              },
              { name: 'tycho' },
            ],
          },
        },
      }),
    ],
  });
  return { server: backend.server, cluster, stop: () => backend.stop() };
}
