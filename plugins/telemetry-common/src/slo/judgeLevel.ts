import type { DeclaredLevel } from './readLevels';
import type { ServiceLevel } from './slo';

/** Windows that burn rates are looked at over, the shortest first. @public */
export const BURN_WINDOWS = ['5m', '30m', '1h', '6h', '3d'] as const;

/** What was measured. @public */
export type LevelFacts = {
  /** Share of bad requests by window, 0..1; absent when unknown. */
  badShares: Readonly<Record<string, number | undefined>>;
  /** The same over the objective's own window. */
  badShare: number | undefined;
  /** How much of the objective's window the metrics cover, 0..1. */
  coverage: number | undefined;
  reason?: string;
};

/**
 * Pairs of a long window and a short one that must both burn faster than a
 * rate: the long one says that it matters, the short one that it goes on (The
 * Site Reliability Workbook, chapter 5, table 5-8).
 */
const ALERTS = [
  { long: '1h', short: '5m', rate: 14.4, state: 'fast' },
  { long: '6h', short: '30m', rate: 6, state: 'fast' },
  { long: '3d', short: '6h', rate: 1, state: 'slow' },
] as const;

/**
 * Says how a service level stands. What is not known stays unknown; a window
 * that metrics cover in part spends its part of the budget only.
 *
 * @public
 */
export function judgeLevel(
  level: DeclaredLevel,
  facts: LevelFacts,
): ServiceLevel {
  const budget = 1 - level.objective;
  const burn = (share: number | undefined) =>
    share === undefined ? undefined : share / budget;
  const rates = new Map(
    BURN_WINDOWS.map(window => [window, burn(facts.badShares[window])]),
  );
  const exceeds = ({ long, short, rate }: (typeof ALERTS)[number]) =>
    (rates.get(long) ?? 0) > rate && (rates.get(short) ?? 0) > rate;
  const isKnown = [...rates.values()].some(rate => rate !== undefined);
  const firing = ALERTS.find(exceeds);
  const spent = burn(facts.badShare);
  return {
    ...level,
    ...(facts.badShare !== undefined && { attained: 1 - facts.badShare }),
    ...(facts.coverage !== undefined && { coverage: facts.coverage }),
    ...(spent !== undefined && {
      budgetLeft: 1 - spent * (facts.coverage ?? 1),
    }),
    burnRates: [...rates].map(([window, rate]) => ({
      window,
      ...(rate !== undefined && { rate }),
    })),
    state: isKnown ? firing?.state ?? 'ok' : 'unknown',
    ...(facts.reason && { reason: facts.reason }),
  };
}
