import {
  healthSchema,
  provenanceSchema,
} from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** One revision of istiod. @public */
export const controlPlaneRevisionSchema = z.object({
  revision: z.string(),
  /** Versions that its pods run, sorted. */
  versions: z.array(z.string()),
  pods: z.object({ total: z.number().int(), ready: z.number().int() }),
  /** Namespaces whose labels name it, sorted; those that the viewer sees. */
  namespaces: z.array(z.string()),
  /** Proxies connected to it; absent when none of its pods could be asked. */
  proxies: z
    .object({ connected: z.number().int(), synced: z.number().int() })
    .optional(),
});

/** @public */
export type ControlPlaneRevision = z.infer<typeof controlPlaneRevisionSchema>;

/** The control plane of one cluster. What could not be read is absent. @public */
export const controlPlaneSchema = z.object({
  cluster: z.string(),
  health: healthSchema,
  revisions: z.array(controlPlaneRevisionSchema),
  /** Connected proxies by version of Istio. */
  proxyVersions: z.array(
    z.object({ version: z.string(), proxies: z.number() }),
  ),
  /** Proxies that have not acknowledged all they were sent; those that the viewer sees. */
  behind: z.array(
    z.object({
      namespace: z.string(),
      pod: z.string(),
      version: z.string().optional(),
      revision: z.string(),
      kinds: z.array(z.string()),
    }),
  ),
  /** Pushes that proxies rejected, per second, by kind. */
  rejects: z
    .array(z.object({ kind: z.string(), perSecond: z.number() }))
    .optional(),
  /** Objects that validation refused, per second. */
  invalid: z
    .array(
      z.object({
        resource: z.string(),
        reason: z.string(),
        perSecond: z.number(),
      }),
    )
    .optional(),
  errorsPerSecond: z.number().optional(),
  pushesPerSecond: z.number().optional(),
  convergenceP99Seconds: z.number().optional(),
  certificates: z.object({
    /** RFC 3339. */
    rootExpires: z.string().optional(),
    chainExpires: z.string().optional(),
    /** Seconds that the certificate of the worst proxy still has. */
    soonestProxySeconds: z.number().optional(),
  }),
});

/** @public */
export type ControlPlane = z.infer<typeof controlPlaneSchema>;

/** Answer of `GET /api/mesh/control-planes`. @public */
export const controlPlanesSchema = provenanceSchema.extend({
  at: z.string(),
  items: z.array(controlPlaneSchema),
});

/** @public */
export type ControlPlanes = z.infer<typeof controlPlanesSchema>;
