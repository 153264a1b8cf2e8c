import type { PodObject, WorkloadObject } from '../objects';
import type { WorkloadStatus } from '../schema';
import { groupProblems, podsOf } from './groupProblems';
import { podProblem } from './podProblem';

const FAILURES: Readonly<Record<string, string>> = {
  BackoffLimitExceeded: 'it was tried as often as it may be',
  DeadlineExceeded: 'it took longer than it may',
  PodFailurePolicy: 'its policy for failing pods says so',
  FailedIndexes: 'some of its indexes failed',
};

function isTrue(job: WorkloadObject, type: string) {
  return job.status?.conditions?.find(
    condition => condition.type === type && condition.status === 'True',
  );
}

/** Status of a Job in words. */
export function jobStatus(
  job: WorkloadObject,
  pods: readonly PodObject[] | undefined,
): WorkloadStatus {
  const failed = isTrue(job, 'Failed');
  const problem = groupProblems(
    (pods ?? []).flatMap(pod => podProblem(pod) ?? []),
    pods?.length ?? 0,
  );
  if (failed) {
    const why = FAILURES[failed.reason ?? ''] ?? failed.message;
    const tries = job.status?.failed ?? 0;
    return {
      state: 'Failing',
      sentence: [
        `Failed after ${podsOf(tries)}`,
        why && `: ${why}`,
        problem && !problem.isPassing && `. ${problem.sentence}`,
      ]
        .filter(Boolean)
        .join(''),
    };
  }
  if (isTrue(job, 'Complete')) {
    return {
      state: 'Idle',
      sentence: `Finished${
        job.status?.completionTime ? ` at ${job.status.completionTime}` : ''
      }`,
    };
  }
  if (job.spec?.suspend) {
    return { state: 'Paused', sentence: 'Suspended' };
  }
  if (!job.status) {
    return {
      state: 'Unknown',
      sentence: 'No controller has reported about it yet',
    };
  }
  if (problem && !problem.isPassing) {
    return { state: 'Degraded', sentence: problem.sentence };
  }
  const wanted = job.spec?.completions ?? 1;
  return {
    state: 'Progressing',
    sentence: `${job.status.succeeded ?? 0} of ${podsOf(wanted)} done`,
  };
}

/**
 * Status of a CronJob in words, by its last Job.
 *
 * @param jobs - Jobs that it made; undefined when they could not be read
 */
export function cronJobStatus(
  cronJob: WorkloadObject,
  jobs: readonly WorkloadObject[] | undefined,
): WorkloadStatus {
  const { spec, status } = cronJob;
  if (spec?.suspend) {
    return { state: 'Paused', sentence: 'Suspended: it does not run' };
  }
  const [last] = [...(jobs ?? [])].sort((left, right) =>
    (right.metadata.creationTimestamp ?? '').localeCompare(
      left.metadata.creationTimestamp ?? '',
    ),
  );
  if (!last) {
    const at = status?.lastScheduleTime;
    if (!at) {
      return { state: 'Idle', sentence: 'It has not run yet' };
    }
    return jobs === undefined || status.lastSuccessfulTime === undefined
      ? {
          state: 'Unknown',
          sentence: `How its run of ${at} ended is not known`,
        }
      : {
          state: 'Healthy',
          sentence: `Its last good run ended at ${status.lastSuccessfulTime}`,
        };
  }
  const of = jobStatus(last, undefined);
  const at = last.metadata.creationTimestamp ?? 'an unknown time';
  switch (of.state) {
    case 'Failing':
      return {
        state: 'Failing',
        sentence: `Its run of ${at} failed${of.sentence.replace(
          /^Failed/,
          '',
        )}`,
      };
    case 'Idle':
      return { state: 'Healthy', sentence: `Its run of ${at} succeeded` };
    default:
      return { state: 'Progressing', sentence: `Its run of ${at} goes on` };
  }
}
