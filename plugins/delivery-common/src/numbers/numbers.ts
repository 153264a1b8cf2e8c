import { z } from 'zod';
import type { Release } from '../releases';

/**
 * The four numbers of delivery of one service or team. What cannot be told
 * is left out.
 *
 * @public
 */
export const deliveryNumbersSchema = z.object({
  /** App, or entity ref of the team. */
  name: z.string(),
  deployments: z.number().int(),
  deploymentsPerDay: z.number(),
  /** Median from the first commit, or where that is not known from the build, to live. */
  leadTimeSeconds: z.number().optional(),
  /** Of how many deployments the lead time is known. */
  leadTimeKnown: z.number().int(),
  /** Of these, how many count from the first commit; the others from the build of the image. */
  leadTimeFromCommit: z.number().int(),
  /** 0..1 */
  changeFailureShare: z.number().optional(),
  failures: z.number().int(),
  /** Median from a failed deployment to the next that is well. */
  restoreSeconds: z.number().optional(),
});

/** @public */
export type DeliveryNumbers = z.infer<typeof deliveryNumbersSchema>;

/** Answer of `GET /api/delivery/numbers`. @public */
export const deliveryNumbersListSchema = z.object({
  days: z.number().int(),
  by: z.enum(['service', 'team']),
  items: z.array(deliveryNumbersSchema),
});

/** @public */
export type DeliveryNumbersList = z.infer<typeof deliveryNumbersListSchema>;

const DAY_MILLISECONDS = 86_400_000;
/** A rollback later than this answers to something else. */
const BLAME_MILLISECONDS = DAY_MILLISECONDS;

function at(instant: string | undefined): number {
  return instant === undefined ? NaN : Date.parse(instant);
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) {
    return undefined;
  }
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Releases of one workload, the oldest first, with what became of each. */
function judged(releases: readonly Release[]) {
  const sorted = [...releases].sort(
    (left, right) => at(left.startedAt) - at(right.startedAt),
  );
  return sorted.map((release, index) => {
    const next = sorted.at(index + 1);
    const isTakenBack =
      !release.isRollback &&
      next !== undefined &&
      next.isRollback &&
      at(next.startedAt) - at(release.startedAt) <= BLAME_MILLISECONDS;
    const isFailure = release.state === 'failed' || isTakenBack;
    const repair = isFailure
      ? sorted.slice(index + 1).find(({ state }) => state === 'succeeded')
      : undefined;
    return { release, isFailure, repair };
  });
}

/**
 * Numbers of one group of releases.
 *
 * All four are those of DORA (https://dora.dev/guides/dora-metrics-four-keys/):
 * - deployment frequency: deployments to production in a time; here releases
 *   that went live, rollbacks apart, by day;
 * - lead time for changes: from commit to live in production; here from the
 *   oldest commit that the release before did not have, or from the image's
 *   build where the commits are not known, the median;
 * - change failure rate: share of deployments that fail in production and
 *   need a fix; here those that did not come up, and those that were rolled
 *   back within a day;
 * - time to restore: from such a failure to the next release that is well,
 *   the median.
 *
 * @public
 */
export function deliveryNumbers(
  name: string,
  releases: readonly Release[],
  days: number,
): DeliveryNumbers {
  const byWorkload = new Map<string, Release[]>();
  for (const release of releases) {
    const list = byWorkload.get(release.workload) ?? [];
    list.push(release);
    byWorkload.set(release.workload, list);
  }
  const all = [...byWorkload.values()].flatMap(judged);
  const changes = all.filter(({ release }) => !release.isRollback);
  const live = changes.filter(({ release }) => release.state !== 'progressing');
  const failures = changes.filter(({ isFailure }) => isFailure);
  const leadTimes = changes.flatMap(({ release }) => {
    const { firstCommitAt } = release.range ?? {};
    const from = firstCommitAt ?? release.builtAt;
    const seconds = (at(release.finishedAt) - at(from)) / 1000;
    return release.state === 'succeeded' && seconds >= 0
      ? [{ seconds, isFromCommit: firstCommitAt !== undefined }]
      : [];
  });
  const restores = failures.flatMap(({ release, repair }) => {
    const seconds =
      (at(repair?.finishedAt) - at(release.finishedAt ?? release.startedAt)) /
      1000;
    return seconds >= 0 ? [seconds] : [];
  });
  const leadTimeSeconds = median(leadTimes.map(({ seconds }) => seconds));
  const restoreSeconds = median(restores);
  return {
    name,
    deployments: live.length,
    deploymentsPerDay: live.length / days,
    leadTimeKnown: leadTimes.length,
    leadTimeFromCommit: leadTimes.filter(({ isFromCommit }) => isFromCommit)
      .length,
    failures: failures.length,
    ...(leadTimeSeconds !== undefined && { leadTimeSeconds }),
    ...(restoreSeconds !== undefined && { restoreSeconds }),
    ...(live.length > 0 && {
      changeFailureShare: Math.min(1, failures.length / live.length),
    }),
  };
}
