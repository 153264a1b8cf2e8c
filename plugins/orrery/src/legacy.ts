/**
 * The same for apps of the old frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  OrreryClient,
  orreryApiRef,
} from '@orrery/backstage-plugin-orrery-react';

/** @public */
export const orreryPlugin = createPlugin({
  id: 'orrery',
  apis: [
    createApiFactory({
      api: orreryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new OrreryClient(deps),
    }),
  ],
});

/** The activity log as a card. @public */
export const OrreryActivityCard = orreryPlugin.provide(
  createComponentExtension({
    name: 'OrreryActivityCard',
    component: {
      lazy: () =>
        import('./components/ActivityCard').then(module => module.ActivityCard),
    },
  }),
);
