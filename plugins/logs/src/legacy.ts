/**
 * The same for apps of the old frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { logsApiRef, LogsClient } from './api';

const rootRouteRef = createRouteRef({ id: 'logs' });

/** @public */
export const logsPlugin = createPlugin({
  id: 'logs',
  routes: { root: rootRouteRef },
  apis: [
    createApiFactory({
      api: logsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new LogsClient(deps),
    }),
  ],
});

/** Lines of everything that the viewer may read. @public */
export const LogsPage = logsPlugin.provide(
  createRoutableExtension({
    name: 'LogsPage',
    component: () =>
      import('./components/LogsPage').then(module => module.LogsPage),
    mountPoint: rootRouteRef,
  }),
);
