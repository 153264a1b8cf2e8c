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
  CollectedTimeMarks,
  OrreryClient,
  orreryApiRef,
  timeMarksApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import { createActivityMarks } from './marks/activityMarks';

/** @public */
export const orreryPlugin = createPlugin({
  id: 'orrery',
  apis: [
    createApiFactory({
      api: orreryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new OrreryClient(deps),
    }),
    createApiFactory({
      api: timeMarksApiRef,
      deps: { orreryApi: orreryApiRef },
      factory: ({ orreryApi }) =>
        new CollectedTimeMarks([createActivityMarks(orreryApi)]),
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
