import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Home. @public */
export const homeRouteRef = createRouteRef();
