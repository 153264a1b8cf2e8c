import { createFrontendPlugin } from '@backstage/frontend-plugin-api';

/** @public */
export default createFrontendPlugin({
  pluginId: 'telemetry',
  title: 'Telemetry',
  info: { packageJson: () => import('../package.json') },
  extensions: [],
});
