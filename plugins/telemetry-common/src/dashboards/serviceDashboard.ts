import { z } from 'zod';

const place = {
  cluster: z.string().min(1),
  namespace: z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
  app: z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
};

/** Input of `delete-dashboard`, and the query of `GET /service-dashboard`. @public */
export const serviceDashboardPlaceSchema = z.object(place);

/** Input of `put-dashboard`. @public */
export const putDashboardInputSchema = z.object({
  ...place,
  title: z.string().trim().min(1).max(200),
  /** The dashboard as Grafana exports it; its uid and title are set. */
  dashboard: z.record(z.string(), z.unknown()),
});

/** Answer of `GET /api/telemetry/service-dashboard?cluster&namespace&app`. @public */
export const serviceDashboardSchema = z.object({
  uid: z.string(),
  /** Where people open it. */
  url: z.string(),
  exists: z.boolean(),
});

/** @public */
export type ServiceDashboard = z.infer<typeof serviceDashboardSchema>;
