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
import { HomeCardBlueprint } from '@orrery/backstage-plugin-orrery-react';
import { RiNodeTree } from '@remixicon/react';
import { meshApiRef, MeshClient } from './api';
import { isBound } from './model/isBound';
import { meshRouteRef } from './routes';

const meshApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: meshApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new MeshClient(deps),
    }),
});

const meshPage = PageBlueprint.make({
  params: {
    path: '/mesh',
    title: 'Mesh',
    icon: <RiNodeTree />,
    routeRef: meshRouteRef,
    // The page has a header of its own, which says more in less space.
    noHeader: true,
    loader: async () => {
      const { MeshPage } = await import('./components/MeshPage');
      return <MeshPage />;
    },
  },
});

const entityMesh = EntityContentBlueprint.make({
  name: 'mesh',
  params: {
    path: '/mesh',
    title: 'Mesh',
    group: 'observability',
    filter: isBound,
    loader: async () => {
      const { EntityMeshContent } = await import(
        './components/EntityMeshContent'
      );
      return <EntityMeshContent />;
    },
  },
});

const healthCard = EntityCardBlueprint.make({
  name: 'health',
  params: {
    type: 'info',
    filter: isBound,
    loader: async () => {
      const { ServiceHealthCard } = await import(
        './components/ServiceHealthCard'
      );
      return <ServiceHealthCard />;
    },
  },
});

const neighboursCard = EntityCardBlueprint.make({
  name: 'neighbours',
  params: {
    type: 'content',
    filter: isBound,
    loader: async () => {
      const { NeighboursCard } = await import('./components/NeighboursCard');
      return <NeighboursCard />;
    },
  },
});

const myServicesCard = HomeCardBlueprint.make({
  name: 'my-services',
  params: {
    area: 'main',
    loader: async () => {
      const { MyServicesCard } = await import('./components/MyServicesCard');
      return <MyServicesCard />;
    },
  },
});

/**
 * The mesh: its page, a tab and cards on every service, and my services on
 * Home.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'mesh',
  title: 'Mesh',
  icon: <RiNodeTree />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: meshRouteRef },
  extensions: [
    meshApi,
    meshPage,
    entityMesh,
    healthCard,
    neighboursCard,
    myServicesCard,
  ],
});
