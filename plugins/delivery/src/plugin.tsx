import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  HomeCardBlueprint,
  TimeMarkProviderBlueprint,
} from '@orrery/backstage-plugin-orrery-react';
import { RiShip2Line } from '@remixicon/react';
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
import { createDeliveryMarks } from './marks/deliveryMarks';
import { isBound } from './model/isBound';
import { deliveryRouteRef } from './routes';

const deliveryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: deliveryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new DeliveryClient(deps),
    }),
});

const releasesApi = ApiBlueprint.make({
  name: 'releases',
  params: defineParams =>
    defineParams({
      api: releasesApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ReleasesClient(deps),
    }),
});

const buildsApi = ApiBlueprint.make({
  name: 'builds',
  params: defineParams =>
    defineParams({
      api: buildsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new BuildsClient(deps),
    }),
});

const workloadsApi = ApiBlueprint.make({
  name: 'workloads',
  params: defineParams =>
    defineParams({
      api: workloadsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new WorkloadsClient(deps),
    }),
});

const deliveryPage = PageBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    icon: <RiShip2Line />,
    routeRef: deliveryRouteRef,
    noHeader: true,
    loader: async () => {
      const { DeliveryPage } = await import('./components/DeliveryPage');
      return <DeliveryPage />;
    },
  },
});

const entityDelivery = EntityContentBlueprint.make({
  name: 'delivery',
  params: {
    path: '/delivery',
    title: 'Delivery',
    group: 'deployment',
    filter: isBound,
    loader: async () => {
      const { EntityDeliveryContent } = await import(
        './components/EntityDeliveryContent'
      );
      return <EntityDeliveryContent />;
    },
  },
});

const canaryCard = EntityCardBlueprint.make({
  name: 'canary',
  params: {
    type: 'info',
    filter: isBound,
    loader: async () => {
      const { CanaryCard } = await import('./components/CanaryCard');
      return <CanaryCard />;
    },
  },
});

const deliveryMarks = TimeMarkProviderBlueprint.make({
  name: 'delivery',
  params: defineParams =>
    defineParams({
      deps: { deliveryApi: deliveryApiRef, releasesApi: releasesApiRef },
      factory: deps => createDeliveryMarks(deps.deliveryApi, deps.releasesApi),
    }),
});

const waitingCanariesCard = HomeCardBlueprint.make({
  name: 'waiting-canaries',
  params: {
    area: 'side',
    loader: async () => {
      const { WaitingCanariesCard } = await import(
        './components/WaitingCanariesCard'
      );
      return <WaitingCanariesCard />;
    },
  },
});

/**
 * Delivery: what is rolling out, a tab on every service, and its canary on
 * the Overview.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'delivery',
  title: 'Delivery',
  icon: <RiShip2Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: deliveryRouteRef },
  extensions: [
    buildsApi,
    deliveryApi,
    releasesApi,
    deliveryPage,
    entityDelivery,
    canaryCard,
    deliveryMarks,
    waitingCanariesCard,
    workloadsApi,
  ],
});
