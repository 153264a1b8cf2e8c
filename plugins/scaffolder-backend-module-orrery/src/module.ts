import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { ActionClient, PortalClient } from './client';
import { createActions } from './createActions';
import { createPreviewRouter, TemplatePreviews } from './preview';

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
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        reader: coreServices.urlReader,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({
        auth,
        catalog,
        discovery,
        httpAuth,
        httpRouter,
        reader,
        scaffolder,
      }) {
        const portal = new PortalClient({ auth, discovery });
        scaffolder.addActions(
          ...createActions({
            catalog,
            portal,
            actions: new ActionClient(portal),
          }),
        );
        const previews = new TemplatePreviews({ catalog, portal, reader });
        httpRouter.use(createPreviewRouter({ httpAuth, previews }));
      },
    });
  },
});
