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
import { configApiRef, ConfigClient } from './api';

const rootRouteRef = createRouteRef({ id: 'config-center' });

/** @public */
export const configCenterPlugin = createPlugin({
  id: 'config-center',
  routes: { root: rootRouteRef },
  apis: [
    createApiFactory({
      api: configApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ConfigClient(deps),
    }),
  ],
});

/** Configuration of everything that the viewer may read. @public */
export const ConfigPage = configCenterPlugin.provide(
  createRoutableExtension({
    name: 'ConfigPage',
    component: () =>
      import('./components/ConfigPage').then(module => module.ConfigPage),
    mountPoint: rootRouteRef,
  }),
);
