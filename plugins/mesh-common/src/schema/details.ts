import {
  healthSchema,
  provenanceSchema,
} from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { graphEdgeSchema, graphNodeSchema } from './graph';

/** Answer of `GET /api/mesh/nodes/:id`. @public */
export const nodeDetailsSchema = provenanceSchema.extend({
  at: z.string(),
  node: graphNodeSchema,
  inbound: z.array(graphEdgeSchema),
  outbound: z.array(graphEdgeSchema),
  /** The nodes at the far ends of those edges. */
  neighbours: z.array(graphNodeSchema),
});

/** @public */
export type NodeDetails = z.infer<typeof nodeDetailsSchema>;

/**
 * Traffic over time. Instants are in milliseconds since the Unix epoch; a
 * value that was not measured is null, which is a gap and not zero.
 *
 * @public
 */
export const trafficHistorySchema = provenanceSchema.extend({
  stepSeconds: z.number(),
  /** PromQL that the values come from, to be shown with them. */
  queries: z.record(z.string(), z.string()),
  timeMilliseconds: z.array(z.number()),
  requestsPerSecond: z.array(z.number().nullable()),
  errorsPerSecond: z.array(z.number().nullable()),
  p95Milliseconds: z.array(z.number().nullable()),
});

/** @public */
export type TrafficHistory = z.infer<typeof trafficHistorySchema>;

/**
 * All traffic of the mesh over time, in the units of {@link TrafficHistory}.
 * Answer of `GET /api/mesh/timeline`.
 *
 * @public
 */
export const timelineSchema = provenanceSchema.extend({
  stepSeconds: z.number(),
  timeMilliseconds: z.array(z.number()),
  requestsPerSecond: z.array(z.number().nullable()),
  errorsPerSecond: z.array(z.number().nullable()),
  /** How far back samples are kept, in milliseconds since the Unix epoch. */
  earliestMilliseconds: z.number(),
});

/** @public */
export type Timeline = z.infer<typeof timelineSchema>;

/** One app in short, for lists. @public */
export const serviceSummarySchema = z.object({
  /** Id of the app's node. */
  id: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  app: z.string(),
  versions: z.array(z.string()),
  health: healthSchema,
  requestsPerSecond: z.number().optional(),
  errorShare: z.number().optional(),
  p95Milliseconds: z.number().optional(),
});

/** @public */
export type ServiceSummary = z.infer<typeof serviceSummarySchema>;

/** Answer of `GET /api/mesh/summaries`. @public */
export const serviceSummariesSchema = provenanceSchema.extend({
  at: z.string(),
  items: z.array(serviceSummarySchema),
});

/** @public */
export type ServiceSummaries = z.infer<typeof serviceSummariesSchema>;
