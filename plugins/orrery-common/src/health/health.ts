import { z } from 'zod';

/**
 * The words for health that every screen uses. `unknown` always comes with a
 * reason; `idle` means that nothing was asked of it in the window.
 *
 * @public
 */
export const healthStateSchema = z.enum([
  'failing',
  'degraded',
  'unknown',
  'healthy',
  'idle',
]);

/** @public */
export type HealthState = z.infer<typeof healthStateSchema>;

/**
 * A verdict with its reasons in words, the weightiest first.
 *
 * @public
 */
export const healthSchema = z.object({
  state: healthStateSchema,
  reasons: z.array(z.string()),
});

/** @public */
export type Health = z.infer<typeof healthSchema>;

/**
 * Orders health states worst first, for sorting and for picking the worst.
 *
 * @public
 */
export function compareHealth(left: HealthState, right: HealthState): number {
  const order = healthStateSchema.options;
  return order.indexOf(left) - order.indexOf(right);
}

/**
 * The worst of several verdicts with the reasons of those that are as bad.
 * No verdicts at all are `unknown`.
 *
 * @public
 */
export function worstHealth(verdicts: readonly Health[]): Health {
  if (verdicts.length === 0) {
    return { state: 'unknown', reasons: ['Nothing was measured'] };
  }
  const state = [...verdicts].sort((left, right) =>
    compareHealth(left.state, right.state),
  )[0].state;
  const reasons = verdicts
    .filter(verdict => verdict.state === state)
    .flatMap(verdict => verdict.reasons);
  return { state, reasons: [...new Set(reasons)] };
}
