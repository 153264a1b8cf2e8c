import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Configuration of services. @public */
export const configRouteRef = createRouteRef();
