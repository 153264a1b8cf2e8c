import { createFrontendModule } from '@backstage/frontend-plugin-api';

/**
 * Form fields of templates.
 *
 * @public
 */
export default createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [],
});
