import {
  ApiBlueprint,
  coreExtensionData,
  createExtensionInput,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  HomeCardBlueprint,
  homeCardAreaDataRef,
  OrreryClient,
  orreryApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import { RiHome5Line } from '@remixicon/react';
import { homeRouteRef } from './routes';

const orreryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: orreryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new OrreryClient(deps),
    }),
});

const homePage = PageBlueprint.makeWithOverrides({
  inputs: {
    cards: createExtensionInput([
      coreExtensionData.reactElement,
      homeCardAreaDataRef,
    ]),
  },
  factory: (original, { inputs }) =>
    original({
      path: '/',
      title: 'Home',
      icon: <RiHome5Line />,
      routeRef: homeRouteRef,
      loader: async () => {
        const { HomePage } = await import('./components/HomePage');
        const cards = inputs.cards.map(card => ({
          key: card.node.spec.id,
          area: card.get(homeCardAreaDataRef),
          element: card.get(coreExtensionData.reactElement),
        }));
        return <HomePage cards={cards} />;
      },
    }),
});

const activityCard = HomeCardBlueprint.make({
  name: 'activity',
  params: {
    area: 'side',
    loader: async () => {
      const { ActivityCard } = await import('./components/ActivityCard');
      return <ActivityCard />;
    },
  },
});

/**
 * Home: what is mine, how it is, and who did what.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'orrery',
  title: 'Orrery',
  icon: <RiHome5Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { home: homeRouteRef },
  extensions: [orreryApi, homePage, activityCard],
});
