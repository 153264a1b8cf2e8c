import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiSettings4Line } from '@remixicon/react';
import { configApiRef, ConfigClient } from './api';
import { isBound } from './model/isBound';
import { configRouteRef } from './routes';

const configApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: configApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ConfigClient(deps),
    }),
});

const configPage = PageBlueprint.make({
  params: {
    path: '/config',
    title: 'Config',
    icon: <RiSettings4Line />,
    routeRef: configRouteRef,
    noHeader: true,
    loader: async () => {
      const { ConfigPage } = await import('./components/ConfigPage');
      return <ConfigPage />;
    },
  },
});

const entityConfig = EntityContentBlueprint.make({
  name: 'config',
  params: {
    path: '/config',
    title: 'Config',
    filter: isBound,
    loader: async () => {
      const { EntityConfigContent } = await import(
        './components/EntityConfigContent'
      );
      return <EntityConfigContent />;
    },
  },
});

/**
 * Configuration: of everything, and of each service as a tab.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'config-center',
  title: 'Config',
  icon: <RiSettings4Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: configRouteRef },
  extensions: [configApi, configPage, entityConfig],
});
