import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Lines of stores and of pods. @public */
export const logsRouteRef = createRouteRef();
