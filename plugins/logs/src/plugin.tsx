import { createFrontendPlugin } from '@backstage/frontend-plugin-api';

/** @public */
export default createFrontendPlugin({
  pluginId: 'logs',
  title: 'Logs',
  info: { packageJson: () => import('../package.json') },
  extensions: [],
});
