import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { HttpActivityLog } from './HttpActivityLog';
import type { ActivityLog } from './types';

/**
 * The way to the activity log for backend plugins.
 *
 * @public
 */
export const activityLogServiceRef = createServiceRef<ActivityLog>({
  id: 'orrery.activityLog',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        discovery: coreServices.discovery,
        auth: coreServices.auth,
        logger: coreServices.logger,
      },
      factory: deps => new HttpActivityLog(deps),
    }),
});
