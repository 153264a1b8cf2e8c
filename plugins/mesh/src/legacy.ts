/**
 * The same for apps of the old frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { meshApiRef, MeshClient } from './api';

const rootRouteRef = createRouteRef({ id: 'mesh' });

/** @public */
export const meshPlugin = createPlugin({
  id: 'mesh',
  routes: { root: rootRouteRef },
  apis: [
    createApiFactory({
      api: meshApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new MeshClient(deps),
    }),
  ],
});

/** The mesh page. @public */
export const MeshPage = meshPlugin.provide(
  createRoutableExtension({
    name: 'MeshPage',
    component: () =>
      import('./components/MeshPage').then(module => module.MeshPage),
    mountPoint: rootRouteRef,
  }),
);

/** The health card of a service. @public */
export const EntityMeshHealthCard = meshPlugin.provide(
  createComponentExtension({
    name: 'EntityMeshHealthCard',
    component: {
      lazy: () =>
        import('./components/ServiceHealthCard').then(
          module => module.ServiceHealthCard,
        ),
    },
  }),
);
