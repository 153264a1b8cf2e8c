import { z } from 'zod';
import { planRoutingSchema } from './routing';

/** How many workloads may be asked about at once. @public */
export const MAXIMUM_CANARY_STARTS = 50;

/**
 * Whether a canary of our own could be started beside a workload: what is
 * refused need not be offered. `refused` has what would be needed instead,
 * `unknown` why it could not be found out.
 *
 * @public
 */
export const canaryStartSchema = z.discriminatedUnion('state', [
  z.object({
    workload: z.string(),
    state: z.literal('possible'),
    routing: planRoutingSchema,
  }),
  z.object({
    workload: z.string(),
    state: z.enum(['refused', 'unknown']),
    reason: z.string(),
  }),
]);

/** @public */
export type CanaryStart = z.infer<typeof canaryStartSchema>;

/** Answer of `GET /api/delivery/canary-starts?workloads=...`, in that order. @public */
export const canaryStartsSchema = z.object({
  items: z.array(canaryStartSchema),
});

/** @public */
export type CanaryStarts = z.infer<typeof canaryStartsSchema>;
