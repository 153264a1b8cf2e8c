import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { ActionClient, PortalClient } from './client';
import { createActions } from './createActions';

/**
 * Actions of templates: they make, wire, watch and retire services by the
 * actions of Orrery's plugins, in the name of whoever runs the template.
 *
 * @public
 */
export const scaffolderModuleOrrery = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'orrery',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        discovery: coreServices.discovery,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ auth, catalog, discovery, scaffolder }) {
        const portal = new PortalClient({ auth, discovery });
        scaffolder.addActions(
          ...createActions({
            catalog,
            portal,
            actions: new ActionClient(portal),
          }),
        );
      },
    });
  },
});
