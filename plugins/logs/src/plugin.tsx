import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { spanLogsApiRef } from '@orrery/backstage-plugin-orrery-react';
import { RiFileList3Line } from '@remixicon/react';
import { logsApiRef, LogsClient, StoredSpanLogs } from './api';
import { isBound } from './model/isBound';
import { logsRouteRef } from './routes';

const logsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: logsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new LogsClient(deps),
    }),
});

const spanLogsApi = ApiBlueprint.make({
  name: 'span-logs',
  params: defineParams =>
    defineParams({
      api: spanLogsApiRef,
      deps: { api: logsApiRef },
      factory: deps => new StoredSpanLogs(deps.api),
    }),
});

const logsPage = PageBlueprint.make({
  params: {
    path: '/logs',
    title: 'Logs',
    icon: <RiFileList3Line />,
    routeRef: logsRouteRef,
    noHeader: true,
    loader: async () => {
      const { LogsPage } = await import('./components/LogsPage');
      return <LogsPage />;
    },
  },
});

const entityLogs = EntityContentBlueprint.make({
  name: 'logs',
  params: {
    path: '/logs',
    title: 'Logs',
    group: 'observability',
    filter: isBound,
    loader: async () => {
      const { EntityLogsContent } = await import(
        './components/EntityLogsContent'
      );
      return <EntityLogsContent />;
    },
  },
});

/**
 * Logs: of everything, and of each service as a tab.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'logs',
  title: 'Logs',
  icon: <RiFileList3Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: logsRouteRef },
  extensions: [logsApi, spanLogsApi, logsPage, entityLogs],
});
