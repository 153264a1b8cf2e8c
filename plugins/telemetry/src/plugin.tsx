import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiGitMergeLine } from '@remixicon/react';
import { telemetryApiRef, TelemetryClient } from './api';
import { isBound } from './model/isBound';
import { tracesRouteRef } from './routes';

const telemetryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: telemetryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new TelemetryClient(deps),
    }),
});

const tracesPage = PageBlueprint.make({
  params: {
    path: '/traces',
    title: 'Traces',
    icon: <RiGitMergeLine />,
    routeRef: tracesRouteRef,
    noHeader: true,
    loader: async () => {
      const { TracesPage } = await import('./components/TracesPage');
      return <TracesPage />;
    },
  },
});

const entityTelemetry = EntityContentBlueprint.make({
  name: 'telemetry',
  params: {
    path: '/telemetry',
    title: 'Telemetry',
    group: 'observability',
    filter: isBound,
    loader: async () => {
      const { EntityTelemetryContent } = await import(
        './components/EntityTelemetryContent'
      );
      return <EntityTelemetryContent />;
    },
  },
});

/**
 * Telemetry: traces on a page of their own, and metrics, dashboards and traces
 * on every service.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'telemetry',
  title: 'Telemetry',
  icon: <RiGitMergeLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { traces: tracesRouteRef },
  extensions: [telemetryApi, tracesPage, entityTelemetry],
});
