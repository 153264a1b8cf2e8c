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
  CollectedTimeMarks,
  HomeCardBlueprint,
  homeCardAreaDataRef,
  OrreryClient,
  orreryApiRef,
  TimeMarkProviderBlueprint,
  timeMarkProviderDataRef,
  timeMarksApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import { RiHome5Line } from '@remixicon/react';
import { createActivityMarks } from './marks/activityMarks';
import { homeRouteRef } from './routes';

const orreryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: orreryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new OrreryClient(deps),
    }),
});

const timeMarksApi = ApiBlueprint.makeWithOverrides({
  name: 'time-marks',
  inputs: {
    providers: createExtensionInput([timeMarkProviderDataRef]),
  },
  factory: (original, { inputs }) => {
    const factories = inputs.providers.map(provider =>
      provider.get(timeMarkProviderDataRef),
    );
    // Names are unique among the APIs of one provider only.
    const nameOf = (index: number, name: string) => `${index}.${name}`;
    return original(defineParams =>
      defineParams({
        api: timeMarksApiRef,
        deps: Object.fromEntries(
          factories.flatMap(({ deps }, index) =>
            Object.entries(deps).map(([name, ref]) => [
              nameOf(index, name),
              ref,
            ]),
          ),
        ),
        factory: (resolved: Record<string, unknown>) =>
          new CollectedTimeMarks(
            factories.map(({ deps, factory }, index) =>
              factory(
                Object.fromEntries(
                  Object.keys(deps).map(name => [
                    name,
                    resolved[nameOf(index, name)],
                  ]),
                ),
              ),
            ),
          ),
      }),
    );
  },
});

const activityMarks = TimeMarkProviderBlueprint.make({
  name: 'activity',
  params: defineParams =>
    defineParams({
      deps: { orreryApi: orreryApiRef },
      factory: deps => createActivityMarks(deps.orreryApi),
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

const waitingCard = HomeCardBlueprint.make({
  name: 'waiting',
  params: {
    area: 'side',
    loader: async () => {
      const { WaitingCard } = await import('./components/WaitingCard');
      return <WaitingCard />;
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
  extensions: [
    orreryApi,
    timeMarksApi,
    activityMarks,
    homePage,
    waitingCard,
    activityCard,
  ],
});
