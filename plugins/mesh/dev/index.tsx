/**
 * The mesh alone, on fixtures: no backend and no cluster is asked. Run
 * `yarn start` in this package.
 */
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  CollectedTimeMarks,
  orreryApiRef,
  timeMarksApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import meshPlugin from '../src';
import { meshApiRef } from '../src/api';
import { FixtureMeshApi, FixtureOrreryApi, fixtureScope } from './fixtures';

const meshFixtures = createFrontendModule({
  pluginId: 'mesh',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: meshApiRef,
          deps: {},
          factory: () => new FixtureMeshApi(),
        }),
    }),
  ],
});

/** Stands in for the plugin `orrery`, whose APIs the scope bar and the time line ask. */
const orreryFixtures = createFrontendPlugin({
  pluginId: 'orrery',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: orreryApiRef,
          deps: {},
          factory: () => new FixtureOrreryApi(),
        }),
    }),
    ApiBlueprint.make({
      name: 'time-marks',
      params: defineParams =>
        defineParams({
          api: timeMarksApiRef,
          deps: {},
          factory: () => new CollectedTimeMarks([]),
        }),
    }),
  ],
});

/** Stands in for the catalog, in which nodes look for their component. */
const catalogFixtures = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () =>
            catalogApiMock({
              entities: ['cart', 'payment'].map(name => ({
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Component',
                metadata: { name, namespace: 'default' },
                spec: { type: 'service', system: fixtureScope.namespace },
              })),
            }),
        }),
    }),
  ],
});

createDevApp({
  features: [meshPlugin, meshFixtures, orreryFixtures, catalogFixtures],
});
