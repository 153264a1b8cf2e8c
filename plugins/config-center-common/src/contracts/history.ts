import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/**
 * One change of a key. `seen` is what a key was when Orrery saw it first;
 * instants are RFC 3339, values masked.
 *
 * @public
 */
export const configChangeSchema = z.object({
  id: z.string(),
  key: z.string(),
  change: z.enum(['set', 'deleted', 'seen']),
  /** When it was written; of others' changes, when it was noticed. */
  at: z.string(),
  /** `orrery` wrote it itself; `outside` was noticed. */
  by: z.enum(['orrery', 'outside']),
  /** Entity ref of the person; absent where nobody told. */
  actor: z.string().optional(),
  reason: z.string().optional(),
  /** Of ConfigMaps changed outside: the field manager that owns the key. */
  manager: z.string().optional(),
  /**
   * Consul's index of the value; of a deletion, that of the value that went.
   * Of a key of a ConfigMap, how many changes of it are known.
   */
  modifyIndex: z.number().int(),
  before: z.string().optional(),
  after: z.string().optional(),
  isMasked: z.boolean(),
});

/** @public */
export type ConfigChange = z.infer<typeof configChangeSchema>;

/** Answer of `GET /history`, the newest first. @public */
export const configHistorySchema = z.object({
  changes: z.array(configChangeSchema),
  /** Pass as `before` for older ones. */
  next: z.string().optional(),
  provenance: provenanceSchema,
});

/** @public */
export type ConfigHistory = z.infer<typeof configHistorySchema>;
