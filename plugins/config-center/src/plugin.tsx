import { createFrontendPlugin } from '@backstage/frontend-plugin-api';

/**
 * Configuration of services.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'config-center',
  extensions: [],
});
