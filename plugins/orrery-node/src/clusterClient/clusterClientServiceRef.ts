import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ProxyClusterClient } from './ProxyClusterClient';
import type { ClusterClient } from './types';

/**
 * The way to clusters for backend plugins. Each plugin gets its own, with its
 * own credentials.
 *
 * @public
 */
export const clusterClientServiceRef = createServiceRef<ClusterClient>({
  id: 'orrery.clusterClient',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { discovery: coreServices.discovery, auth: coreServices.auth },
      factory: deps => new ProxyClusterClient(deps),
    }),
});
