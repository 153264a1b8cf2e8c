import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The mesh page. @public */
export const meshRouteRef = createRouteRef();
