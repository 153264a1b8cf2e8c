/**
 * The backend of Home and the activity log alone, on the clusters of `app-config.yaml`:
 * start a sandbox first (`yarn sandbox`), then `yarn start` in this package.
 *
 * Everyone is the same mock user and may do everything, so that curl needs no
 * token. Clusters are reached through the Kubernetes plugin, as in a portal; it
 * logs that it could not audit its proxy, because the mock does not know the
 * cluster's token, which is in those requests by then.
 */
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

const backend = createBackend();

backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  mockServices.permissions.factory({ result: AuthorizeResult.ALLOW }),
);
backend.add(catalogServiceMock.factory({ entities: [] }));
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('../src'));

backend.start();
