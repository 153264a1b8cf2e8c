import { createRouteRef } from '@backstage/frontend-plugin-api';

/** What is being delivered. @public */
export const deliveryRouteRef = createRouteRef();
