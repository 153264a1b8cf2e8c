import { z } from 'zod';
import { provenanceSchema } from '../provenance';

/**
 * A cluster as pages see it: its name, what is configured for it and the
 * namespaces that the viewer may choose from.
 *
 * @public
 */
export const clusterSummarySchema = z.object({
  name: z.string(),
  title: z.string(),
  prometheus: z.boolean(),
  namespaces: z.array(
    z.object({
      name: z.string(),
      /** How pods of the namespace join the mesh by default. */
      dataPlane: z.enum(['sidecar', 'ambient', 'none']),
    }),
  ),
});

/** @public */
export type ClusterSummary = z.infer<typeof clusterSummarySchema>;

/** Answer of `GET /api/orrery/scope`. @public */
export const scopeResponseSchema = provenanceSchema.extend({
  clusters: z.array(clusterSummarySchema),
  /** True when every write is refused by configuration. */
  readOnly: z.boolean(),
});

/** @public */
export type ScopeResponse = z.infer<typeof scopeResponseSchema>;
