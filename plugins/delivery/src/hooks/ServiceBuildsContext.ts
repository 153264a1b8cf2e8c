import type { BuildsResponse } from '@orrery/backstage-plugin-delivery-common';
import type { AsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { createContext } from 'react';

/**
 * Builds of the service that a page is about, asked for once for all that
 * show something of them. Undefined on pages that are about no service.
 */
export const ServiceBuildsContext = createContext<
  AsyncValue<BuildsResponse> | undefined
>(undefined);
