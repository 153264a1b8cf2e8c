import type { WorkloadSummary } from '../workloads';
import type { Release } from './schema';

/** What changes about a release while it is watched. @public */
export type ReleaseProgress = Pick<Release, 'state' | 'outcome'>;

/**
 * Where the newest release of a workload stands, by the workload's own
 * status; undefined while nothing can be said.
 *
 * @param isOver - whether the controller has given up
 * @public
 */
export function releaseProgress(
  { state, sentence }: Pick<WorkloadSummary, 'state' | 'sentence'>,
  isOver: boolean,
): ReleaseProgress | undefined {
  if (isOver) {
    return { state: 'failed', outcome: sentence };
  }
  switch (state) {
    case 'Healthy':
    case 'Idle':
      return { state: 'succeeded', outcome: sentence };
    case 'Unknown':
      return undefined;
    default:
      return { state: 'progressing', outcome: sentence };
  }
}
