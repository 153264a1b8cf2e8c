/**
 * How sure a verdict must be.
 *
 * A step is looked at again and again, and each look could abort by chance.
 * The chance for a whole step is therefore split evenly over its planned
 * looks (Bonferroni): whatever the looks have to do with each other, a canary
 * that is exactly at a limit is aborted in at most `ABORT_CHANCE` of all
 * steps, and one that is as good as stable practically never.
 */
export const ABORT_CHANCE = 0.01;

/** Chance of one look to pass a canary that is exactly at a limit. */
export const PASS_CHANCE = 0.01;

/** Looks of a step unless a plan says otherwise. */
export const PLANNED_LOOKS = 20;

/**
 * Chance at which a look aborts before there are enough requests. So early,
 * only what is out of all proportion counts.
 */
export const BLATANT_CHANCE = 1e-6;

/** Fewer failures than this are never blatant. */
export const BLATANT_HITS = 10;

/** What a canary at the limit is aborted with by one look. */
export function abortChance(isEnough: boolean, plannedLooks: number): number {
  return isEnough ? ABORT_CHANCE / plannedLooks : BLATANT_CHANCE;
}
