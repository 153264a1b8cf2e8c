import { z } from 'zod';

/**
 * Hooks of Flagger that hold a canary until they are answered with 200, and
 * `rollback`, which takes it back when it is.
 *
 * @public
 */
export const flaggerGateTypeSchema = z.enum([
  'confirm-rollout',
  'confirm-traffic-increase',
  'confirm-promotion',
  'rollback',
]);

/** @public */
export type FlaggerGateType = z.infer<typeof flaggerGateTypeSchema>;

/** All hooks that the portal serves: the gates, and what Flagger only tells. @public */
export const flaggerHookTypeSchema = z.enum([
  ...flaggerGateTypeSchema.options,
  'pre-rollout',
  'rollout',
  'post-rollout',
  'event',
]);

/** @public */
export type FlaggerHookType = z.infer<typeof flaggerHookTypeSchema>;

/** Body of a hook, as Flagger sends it. @public */
export const flaggerHookBodySchema = z.object({
  name: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
  phase: z.string().max(50).optional(),
  checksum: z.string().max(200).optional(),
  metadata: z.record(z.string(), z.string().max(5000)).optional(),
});

/** @public */
export type FlaggerHookBody = z.infer<typeof flaggerHookBodySchema>;

/**
 * One gate of a canary that the portal keeps. A gate that was opened stays
 * open for the rollout (`checksum`) it was opened for, and no other.
 *
 * @public
 */
export type FlaggerGate = {
  type: FlaggerGateType;
  isOpen: boolean;
  /** When Flagger first asked for this rollout, and when last. */
  askedAt?: string;
  lastAskedAt?: string;
  decidedBy?: string;
};
