/**
 * Home alone, on fixtures: no backend is asked. Run `yarn start` in this
 * package.
 */
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  HomeCardBlueprint,
  orreryApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import { Card, CardBody, CardHeader } from '@backstage/ui';
import orreryPlugin from '../src';
import { FixtureOrreryApi } from './FixtureOrreryApi';

const fixtures = createFrontendModule({
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
    // Other domains bring cards like this one.
    HomeCardBlueprint.make({
      name: 'fixture',
      params: {
        area: 'main',
        loader: async () => (
          <Card>
            <CardHeader>A card of another plugin</CardHeader>
            <CardBody>
              Made with HomeCardBlueprint, in the area “main”.
            </CardBody>
          </Card>
        ),
      },
    }),
  ],
});

createDevApp({ features: [orreryPlugin, fixtures] });
