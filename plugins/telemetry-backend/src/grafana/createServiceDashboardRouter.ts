import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { formatRef, parseWith } from '@orrery/backstage-plugin-orrery-common';
import {
  serviceDashboardPlaceSchema,
  telemetryDashboardsReadPermission,
} from '@orrery/backstage-plugin-telemetry-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { TelemetrySight } from '../sight/TelemetrySight';
import type { ServiceDashboards } from './ServiceDashboards';

/** `GET /service-dashboard`: where a service's own dashboard is, or would be. */
export function createServiceDashboardRouter(options: {
  dashboards: ServiceDashboards;
  sight: TelemetrySight;
  httpAuth: HttpAuthService;
}): Router {
  const { dashboards, sight, httpAuth } = options;
  const router = PromiseRouter();

  router.get('/service-dashboard', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const place = parseWith(
      serviceDashboardPlaceSchema,
      request.query,
      'query',
    );
    const { cluster, namespace, app } = place;
    await sight.require(
      telemetryDashboardsReadPermission,
      formatRef({ type: 'service', cluster, namespace, name: app }),
      credentials,
    );
    response.json(await dashboards.where(place));
  });

  return router;
}
