import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The page of traces. @public */
export const tracesRouteRef = createRouteRef();
