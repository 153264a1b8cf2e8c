import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import { telemetryDashboardsReadPermission } from '@orrery/backstage-plugin-telemetry-common';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { serviceOfRef } from '../charts/ChartsService';
import type { TelemetrySight } from '../sight/TelemetrySight';
import type { DashboardsService } from './DashboardsService';

const querySchema = z.object({
  from: z.string().default('now-1h'),
  to: z.string().default('now'),
  theme: z.enum(['light', 'dark']).optional(),
});
const sizeSchema = z.object({
  width: z.coerce.number().int().min(100).max(2000).default(800),
  height: z.coerce.number().int().min(80).max(1200).default(300),
});
const panelSchema = z.object({ panelId: z.coerce.number().int().min(0) });

/** `/services/:ref/dashboards` and what is below it. */
export function createDashboardsRouter(options: {
  service: DashboardsService;
  sight: TelemetrySight;
  httpAuth: HttpAuthService;
}): Router {
  const { service, sight, httpAuth } = options;
  const router = PromiseRouter();
  const base = '/services/:ref/dashboards';

  /** Every route goes through here, so none can forget it. */
  const viewOf = async (request: Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { ref } = request.params;
    serviceOfRef(ref);
    const query = parseWith(querySchema, request.query, 'query');
    await sight.require(telemetryDashboardsReadPermission, ref, credentials);
    return { ref, ...query };
  };
  const placeOf = ({ params }: Request) => ({
    grafana: params.grafana,
    uid: params.uid,
    ...parseWith(panelSchema, params, 'path'),
  });

  router.get(base, async (request, response) => {
    response.json(await service.list(await viewOf(request)));
  });

  router.get(`${base}/:grafana/:uid/panels`, async (request, response) => {
    const { grafana, uid } = request.params;
    response.json(
      await service.panels(await viewOf(request), { grafana, uid }),
    );
  });

  router.get(
    `${base}/:grafana/:uid/panels/:panelId/image`,
    async (request, response) => {
      const view = await viewOf(request);
      const size = parseWith(sizeSchema, request.query, 'query');
      const image = await service.image(view, { ...placeOf(request), ...size });
      response
        .set('Content-Type', image.type)
        .set('Cache-Control', 'private, max-age=30')
        .set('X-Content-Type-Options', 'nosniff')
        .send(image.bytes);
    },
  );

  router.get(
    `${base}/:grafana/:uid/panels/:panelId/drawing`,
    async (request, response) => {
      const view = await viewOf(request);
      response.json(await service.drawing(view, placeOf(request)));
    },
  );

  return router;
}
