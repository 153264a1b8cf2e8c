import { z } from 'zod';

/**
 * How one upstream contributed to an answer. `asOf` is the instant of the
 * newest data it gave (RFC 3339); `reason` says why a part is missing.
 *
 * @public
 */
export const sourceStatusSchema = z.object({
  name: z.string(),
  state: z.enum(['ok', 'stale', 'failed', 'forbidden', 'absent']),
  asOf: z.string().optional(),
  reason: z.string().optional(),
});

/** @public */
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

/**
 * Something the viewer should know about an answer; `ref` names what it is about.
 *
 * @public
 */
export const warningSchema = z.object({
  code: z.string(),
  message: z.string(),
  ref: z.string().optional(),
});

/** @public */
export type Warning = z.infer<typeof warningSchema>;

/**
 * The part of every read that says where it came from.
 *
 * @public
 */
export const provenanceSchema = z.object({
  sources: z.array(sourceStatusSchema),
  warnings: z.array(warningSchema),
});

/** @public */
export type Provenance = z.infer<typeof provenanceSchema>;
