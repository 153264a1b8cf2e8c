import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { chartSchema } from '../charts';

const dashboardSchema = z.object({
  /** Name of the Grafana in the configuration. */
  grafana: z.string(),
  uid: z.string(),
  title: z.string(),
  folder: z.string().optional(),
  tags: z.array(z.string()),
  /** Why it was found: tag, folder or annotation. */
  foundBy: z.string(),
  /** Address for a browser, with this service's variables and range. */
  url: z.string(),
});

/** @public */
export type Dashboard = z.infer<typeof dashboardSchema>;

/** Answer of `GET /api/telemetry/services/:ref/dashboards?from&to`. @public */
export const dashboardsResponseSchema = z.object({
  dashboards: z.array(dashboardSchema),
  provenance: provenanceSchema,
});

/** @public */
export type DashboardsResponse = z.infer<typeof dashboardsResponseSchema>;

const dashboardPanelSchema = z.object({
  id: z.number().int(),
  title: z.string(),
  type: z.string(),
  description: z.string().optional(),
  /**
   * How it can be shown: `embed` in a frame (`embedUrl`), `image` as Grafana
   * renders it, `drawn` from its own query, `link` only.
   */
  showing: z.array(z.enum(['embed', 'image', 'drawn', 'link'])),
  /** Address of the frame (`/d-solo/`) with variables and range. */
  embedUrl: z.string().optional(),
  url: z.string(),
  /** Why it cannot be framed or drawn, in words. */
  reason: z.string().optional(),
});

/** @public */
export type DashboardPanel = z.infer<typeof dashboardPanelSchema>;

/** Answer of `GET /api/telemetry/services/:ref/dashboards/:grafana/:uid/panels`. @public */
export const dashboardPanelsResponseSchema = z.object({
  title: z.string(),
  panels: z.array(dashboardPanelSchema),
  provenance: provenanceSchema,
});

/** @public */
export type DashboardPanelsResponse = z.infer<
  typeof dashboardPanelsResponseSchema
>;

/** Answer of `.../panels/:id/drawing`: the panel's own query, drawn by us. @public */
export const panelDrawingResponseSchema = z.object({
  chart: chartSchema,
  stepSeconds: z.number(),
  provenance: provenanceSchema,
});

/** @public */
export type PanelDrawingResponse = z.infer<typeof panelDrawingResponseSchema>;
