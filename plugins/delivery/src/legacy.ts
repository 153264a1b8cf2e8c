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
import {
  buildsApiRef,
  BuildsClient,
  deliveryApiRef,
  DeliveryClient,
  releasesApiRef,
  ReleasesClient,
  workloadsApiRef,
  WorkloadsClient,
} from './api';

const rootRouteRef = createRouteRef({ id: 'delivery' });

/** @public */
export const deliveryPlugin = createPlugin({
  id: 'delivery',
  routes: { root: rootRouteRef },
  apis: [
    createApiFactory({
      api: buildsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new BuildsClient(deps),
    }),
    createApiFactory({
      api: deliveryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new DeliveryClient(deps),
    }),
    createApiFactory({
      api: releasesApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ReleasesClient(deps),
    }),
    createApiFactory({
      api: workloadsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new WorkloadsClient(deps),
    }),
  ],
});

/** What is rolling out. @public */
export const DeliveryPage = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'DeliveryPage',
    component: () =>
      import('./components/DeliveryPage').then(module => module.DeliveryPage),
    mountPoint: rootRouteRef,
  }),
);

/** The canary card of a service. @public */
export const EntityCanaryCard = deliveryPlugin.provide(
  createComponentExtension({
    name: 'EntityCanaryCard',
    component: {
      lazy: () =>
        import('./components/CanaryCard').then(module => module.CanaryCard),
    },
  }),
);
