import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { configEntrySchema } from './keys';

/** A ConfigMap that workloads of a service use. @public */
export const configMapSchema = z.object({
  /** `cluster/namespace/ConfigMap/name`. */
  ref: z.string(),
  name: z.string(),
  isImmutable: z.boolean(),
  resourceVersion: z.string(),
  entries: z.array(
    configEntrySchema
      .pick({ key: true, kind: true, bytes: true, hasSecret: true })
      .extend({
        /** Masked; absent for what is no text. */
        text: z.string().optional(),
      }),
  ),
  /** Workloads that use it, and how. */
  usedBy: z.array(z.object({ ref: z.string(), as: z.string() })),
});

/** @public */
export type ConfigMapView = z.infer<typeof configMapSchema>;

/** Answer of `GET /config-maps`. @public */
export const configMapsSchema = z.object({
  configMaps: z.array(configMapSchema),
  provenance: provenanceSchema,
});

/** @public */
export type ConfigMaps = z.infer<typeof configMapsSchema>;
